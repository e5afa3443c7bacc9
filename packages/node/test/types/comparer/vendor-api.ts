import ts from 'typescript';
import type { TypeProgram } from './type-program.js';

/** A method of the vendor's class, as it is declared. */
export interface VendorMethod {
    readonly name: string;
    /** The text of each signature. */
    readonly overloads: readonly string[];
}

/** What the vendor's package exports, read from its declarations: a newer version needs no change here. */
export interface VendorApi {
    /** Names of types, and whether each is an endpoint (`GetPublicConnection`). */
    readonly types: readonly { name: string; endpoint: boolean }[];
    readonly values: readonly string[];
    readonly methods: readonly VendorMethod[];
    /** Its import declarations, for probes that repeat its method signatures. */
    readonly imports: string;
}

export function readVendorApi(program: TypeProgram): VendorApi {
    const { checker, file } = program.compile('export const module = V;\n');
    const symbol = checker.getSymbolAtLocation((file.statements[0] as ts.ImportDeclaration).moduleSpecifier) as ts.Symbol;
    const exported = checker.getExportsOfModule(symbol).map((one) => ({
        name: one.name,
        target: one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one,
    }));
    const types = exported
        .filter(({ name, target }) => target.flags & ts.SymbolFlags.Type && name !== 'Nango')
        .map(({ name, target }) => {
            const type = checker.getDeclaredTypeOfSymbol(target);
            return { name, endpoint: ['Method', 'Path', 'Success'].every((member) => type.getProperty(member)) };
        });
    const values = exported.filter(({ target }) => target.flags & ts.SymbolFlags.Value).map(({ name }) => name);
    const nango = exported.find(({ name }) => name === 'Nango')?.target.declarations?.find(ts.isClassDeclaration);
    if (!nango) throw new Error('the vendor’s package has no class Nango');
    const methods = new Map<string, string[]>();
    for (const member of nango.members) {
        if (!ts.isMethodDeclaration(member) || ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) continue;
        const name = member.name.getText();
        methods.set(name, [...(methods.get(name) ?? []), member.getText()]);
    }
    const imports = nango
        .getSourceFile()
        .statements.filter(ts.isImportDeclaration)
        .map((statement) => statement.getText().replace(`'./types.js'`, `'@nangohq/node'`).replace('AxiosResponse, ', ''))
        // What row `no-config` makes of a whole response; its other members are compared.
        .concat("import type { Nango } from '@nangohq/node';", 'type AxiosResponse<T> = N.NangoResponse<T>;')
        .join('\n');
    return {
        types,
        values,
        methods: [...methods].map(([name, overloads]) => ({ name, overloads })),
        imports: `${imports}\n`,
    };
}

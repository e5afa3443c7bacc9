import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Where the vendor's package is: the one that is installed, or the folder that `NANGO_VENDOR` names. */
export const vendorFolder: string =
    process.env.NANGO_VENDOR ?? dirname(dirname(fileURLToPath(import.meta.resolve('@nangohq/node'))));

/** The ways in which users set up their compiler that change what is assignable. */
export const strictness: Record<string, ts.CompilerOptions> = {
    strict: { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false },
    'strict, exact optional properties': { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
};

/** Text of one probe, and what it asks. A probe that does not compile is a difference. */
export interface Probe {
    readonly subject: string;
    readonly text: string;
}

/** Imports of both packages, for a file that lies beside the vendor's declarations: so that its types resolve as for itself. */
const header = `import * as V from '@nangohq/node';\nimport * as N from '${root}packages/node/src/index.js';\n`;

export class TypeProgram {
    readonly options: ts.CompilerOptions;
    #host: ts.CompilerHost;
    #files = new Map<string, string>();
    #last: ts.Program | undefined;

    constructor(options: ts.CompilerOptions) {
        const { config } = ts.readConfigFile(`${root}packages/node/tsconfig.json`, ts.sys.readFile);
        const { options: ours } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}packages/node`);
        const sources = Object.entries(ours.paths ?? {}).map(([name, [path]]) => [name, [`${root}${path}`]]);
        this.options = {
            ...ours,
            ...options,
            // Absolute: the folder of another version of the vendor's lies elsewhere.
            paths: { ...Object.fromEntries(sources), '@nangohq/node': [`${vendorFolder}/dist/index.d.ts`] },
        };
        const host = ts.createCompilerHost(this.options);
        const { fileExists, readFile, getSourceFile } = host;
        const parsed = new Map<string, ts.SourceFile | undefined>();
        this.#host = {
            ...host,
            fileExists: (path) => this.#files.has(path) || fileExists(path),
            readFile: (path) => this.#files.get(path) ?? readFile(path),
            getSourceFile: (path, options) => {
                const text = this.#files.get(path);
                if (text !== undefined) return ts.createSourceFile(path, text, options);
                if (!parsed.has(path)) parsed.set(path, getSourceFile(path, options));
                return parsed.get(path);
            },
        };
    }

    /** Compiles a text that may use `V` and `N`; `imports` come before it. */
    compile(text: string, imports = ''): { checker: ts.TypeChecker; file: ts.SourceFile; errors: readonly ts.Diagnostic[] } {
        const path = `${vendorFolder}/dist/probe-${this.#files.size}.ts`;
        this.#files.set(path, header + imports + text);
        const program = ts.createProgram([path], this.options, this.#host, this.#last);
        this.#last = program;
        const file = program.getSourceFile(path) as ts.SourceFile;
        return {
            checker: program.getTypeChecker(),
            file,
            errors: [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)],
        };
    }

    /** What compiles and what does not, all probes in one go: `subject: message` of each that does not. */
    refused(probes: readonly Probe[], imports = ''): string[] {
        const { file, errors } = this.compile(probes.map(({ text }, i) => `/*#${i}*/ ${text}\n`).join(''), imports);
        const found = new Map<number, string>();
        for (const { start = 0, messageText } of errors) {
            const before = file.text.slice(0, start);
            const index = Number(/\/\*#(\d+)\*\/(?![\s\S]*\/\*#\d+\*\/)/.exec(before)?.[1] ?? -1);
            if (!found.has(index)) found.set(index, ts.flattenDiagnosticMessageText(messageText, ' '));
        }
        return [...found].map(([index, message]) => `${probes[index]?.subject ?? 'probe'}: ${message.replace(/\s+/g, ' ')}`);
    }
}

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

/** What a text compiles to. */
export interface Compiled {
    readonly checker: ts.TypeChecker;
    readonly file: ts.SourceFile;
    readonly errors: readonly ts.Diagnostic[];
}

/** Files on the disk, read and parsed once for all programs: their options differ in nothing that a parser sees. */
const parsed = new Map<string, ts.SourceFile | undefined>();

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
    compile(text: string, imports = ''): Compiled {
        const path = `${vendorFolder}/dist/probe-${this.#files.size}.ts`;
        this.#files.set(path, header + imports + text);
        return this.compileFile(path);
    }

    compileFile(path: string): Compiled {
        const program = ts.createProgram([path], this.options, this.#host, this.#last);
        this.#last = program;
        const file = program.getSourceFile(path) as ts.SourceFile;
        return {
            checker: program.getTypeChecker(),
            file,
            errors: [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)],
        };
    }
}

/** The text of probes, for {@link refused}. */
export const probeText = (probes: readonly Probe[]): string => probes.map(({ text }, i) => `/*#${i}*/ ${text}\n`).join('');

/** Which of the probes do not compile: `subject: message` of each. */
export function refused({ file, errors }: Compiled, probes: readonly Probe[]): string[] {
    const found = new Map<number, string>();
    for (const { start = 0, messageText } of errors) {
        const before = file.text.slice(0, start);
        const index = Number(/\/\*#(\d+)\*\/(?![\s\S]*\/\*#\d+\*\/)/.exec(before)?.[1] ?? -1);
        if (!found.has(index)) found.set(index, ts.flattenDiagnosticMessageText(messageText, ' '));
    }
    return [...found].map(([index, message]) => `${probes[index]?.subject ?? 'probe'}: ${message.replace(/\s+/g, ' ')}`);
}

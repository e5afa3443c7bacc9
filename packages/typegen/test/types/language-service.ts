import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface CompileError {
    /** From 1. */
    readonly line: number;
    readonly message: string;
}

/** TypeScript as an editor and as `tsc` know it, with the settings of this repository. Files may be replaced by texts. */
export class LanguageService {
    readonly #texts = new Map<string, { text: string; version: number }>();
    readonly #service: ts.LanguageService;

    constructor() {
        const { config } = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile);
        const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
        const { fileExists, readFile, readDirectory, directoryExists, getDirectories } = ts.sys;
        const versionFile = `${root}scripts/build/version.d.ts`;
        this.#service = ts.createLanguageService({
            getScriptFileNames: () => [versionFile, ...this.#texts.keys()],
            getScriptVersion: (file) => String(this.#texts.get(file)?.version ?? 0),
            getScriptSnapshot: (file) => {
                const text = this.#texts.get(file)?.text ?? readFile(file);
                return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
            },
            getCurrentDirectory: () => root,
            getCompilationSettings: () => options,
            getDefaultLibFileName: ts.getDefaultLibFilePath,
            fileExists: (file) => this.#texts.has(file) || fileExists(file),
            readFile: (file) => this.#texts.get(file)?.text ?? readFile(file),
            readDirectory,
            directoryExists,
            getDirectories,
        });
    }

    /** Puts a text in the place of a file. */
    write(file: string, text: string): void {
        this.#texts.set(file, { text, version: (this.#texts.get(file)?.version ?? 0) + 1 });
    }

    errors(file: string, text = ts.sys.readFile(file) as string): CompileError[] {
        this.write(file, text);
        const found = [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)];
        return found.map(({ file, start = 0, messageText }) => ({
            line: (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1,
            message: ts.flattenDiagnosticMessageText(messageText, ' '),
        }));
    }

    /** Names that an editor offers at `|` in a text. */
    completions(file: string, text: string): string[] {
        const place = text.indexOf('|');
        this.write(file, text.slice(0, place) + text.slice(place + 1));
        return (this.#service.getCompletionsAtPosition(file, place, {})?.entries ?? []).map(({ name }) => name);
    }
}

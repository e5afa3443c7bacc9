import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** The files in ./types hold no code to run: that they compile is the test. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { config } = ts.readConfigFile(`${root}packages/node/tsconfig.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}packages/node`);

function errorsOf(files: string[]): string[] {
    const program = ts.createProgram(files, options);
    return files
        .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
        .map(
            ({ file, messageText }) =>
                `${file?.fileName.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
        );
}

test('this client fits wherever the vendor’s client and types do, but for the rows of docs/migration.md', {
    timeout: 120_000,
}, () => {
    const files = ['vendor-methods.ts', 'vendor-names.ts'].map((name) => `${root}packages/node/test/types/${name}`);
    expect(errorsOf(files)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Every `@example` in the doc comments of these packages compiles as it stands, given a client called `nango`; so does their README. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = ['integrations', 'connections', 'syncs', 'actions', 'proxy', 'connect', 'node'];
const withReadme = [...packages, 'core'];
const virtual = `${root}packages/node/test/all-examples.ts`;

interface Example {
    readonly from: string;
    readonly code: string;
}

function examplesOf(name: string): Example[] {
    const files = readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: 'utf8' });
    return files
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .flatMap((file) => {
            const text = readFileSync(`${root}packages/${name}/src/${file}`, 'utf8');
            return [...text.matchAll(/@example\n\s*\* ```ts\n([\s\S]*?)\n\s*\* ```/g)].map(([, code = '']) => ({
                from: `${name}/src/${file}`,
                code: code.replace(/^\s*\* ?/gm, ''),
            }));
        });
}

const examples = packages.flatMap(examplesOf);

/** The errors of files that are not on the disk. */
function errorsOf(files: Readonly<Record<string, string>>): string[] {
    const { config } = ts.readConfigFile(`${root}packages/node/tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}packages/node`);
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (file) => file in files || fileExists(file);
    host.getSourceFile = (file, ...rest) =>
        file in files
            ? ts.createSourceFile(file, files[file] as string, ts.ScriptTarget.ES2022, true)
            : getSourceFile(file, ...rest);
    const program = ts.createProgram(Object.keys(files), options, host);
    return Object.keys(files).flatMap((name) =>
        ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map(({ file, start, messageText }) => {
            const line = file?.text.slice(0, start).split('\n').length ?? 0;
            const near = file?.text
                .split('\n')
                .slice(line - 1, line)
                .join('');
            return `${ts.flattenDiagnosticMessageText(messageText, ' ')} in: ${near}`;
        }),
    );
}

function docComments(): string {
    const imports = new Set(["import { getUserAgent, Nango } from '../src/index.js';"]);
    const functions = examples.map(({ from, code }, index) => {
        const body = code.replace(/^import .*;$/gm, (line) => {
            imports.add(line);
            return '';
        });
        return `// ${from}\nexport const _${index} = async (nango: Nango) => {{\n${body}\n}};`;
    });
    return `${[...imports].join('\n')}\nvoid getUserAgent;\n${functions.join('\n')}\n`;
}

function readmes(): Record<string, string> {
    const blocks = withReadme.flatMap((name) =>
        [...readFileSync(`${root}packages/${name}/README.md`, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
            ([, code = ''], index) => [`${root}packages/node/test/readme-${name}-${index}.ts`, code] as const,
        ),
    );
    return Object.fromEntries(blocks);
}

test('examples compile', () => {
    expect(errorsOf({ [virtual]: docComments(), ...readmes() })).toEqual([]);
});

test('each README says where the error classes come from', () => {
    for (const name of packages.filter((name) => name !== 'node')) {
        const readme = readFileSync(`${root}packages/${name}/README.md`, 'utf8').replaceAll(/\s+/g, ' ');
        expect(readme, name).toContain('of `@x/core`: to import them, add it to your own dependencies');
    }
});

test('every public method has one', () => {
    for (const name of packages.slice(0, 3)) {
        for (const file of readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: 'utf8' })) {
            if (!file.endsWith('.ts')) continue;
            const text = readFileSync(`${root}packages/${name}/src/${file}`, 'utf8');
            if (!/export class \w+ extends Client/.test(text)) continue;
            const methods = new Set(
                [...text.matchAll(/^ {4}(?:async )?(\w+)(?:<[^(]*>)?\($/gm), ...text.matchAll(/^ {4}async (\w+)[<(]/gm)].map(
                    ([, method]) => method,
                ),
            );
            const documented = examplesOf(name).filter(({ from }) => from === `${name}/src/${file}`);
            for (const method of methods) {
                expect(
                    documented.some(({ code }) => code.includes(`nango.${method}`)),
                    `${file}: ${method}`,
                ).toBe(true);
            }
        }
    }
});

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { attempt } from '../harness/run.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';
import { installTool } from '../harness/tools.js';

/** The generated files, and the packed clients with their types, under every TypeScript from 5.0 on. */

const tests = fileURLToPath(new URL('../../packages/typegen/test/', import.meta.url));
const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
};
const generated = ['types/from-emulator/nango.gen.ts', 'compiled-folder/nango.gen.ts'];

let project: ScratchProject;
beforeAll(async () => {
    const packed = inject('packed').filter(isLibrary);
    project = await ScratchProject.create({ install: packed.map(({ name }) => name), packed });
    for (const file of [...generated, 'types/must-compile.ts', 'types/typed-webhooks.ts', 'types/must-fail.ts'])
        cpSync(`${tests}${file}`, project.path('typed', file));
    writeFileSync(project.path('typed', 'package.json'), '{ "type": "module" }');
    const config = (files: string[]) => JSON.stringify({ compilerOptions, files });
    writeFileSync(
        project.path('typed', 'tsconfig.json'),
        config([...generated, 'types/must-compile.ts', 'types/typed-webhooks.ts']),
    );
    writeFileSync(project.path('typed', 'refused.json'), config(['types/must-fail.ts']));
});
afterAll(() => project?.remove());

test.each(['older-typescript-5.0', 'typescript-5.4', 'typescript-5.7', 'typescript-5.9', 'typescript-6.0', 'typescript-7.0'])(
    'with %s',
    { timeout: 300_000 },
    async (tool) => {
        const folder = `${await installTool(tool, 'typescript')}/node_modules/typescript/`;
        const tsc = folder + JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).bin.tsc;
        const compile = (config: string) =>
            attempt(process.execPath, [tsc, '-p', project.path('typed', config)], { cwd: project.path('typed') });
        expect((await compile('tsconfig.json')).stdout).toBe('');
        const { stdout } = await compile('refused.json');
        const refused = [...stdout.matchAll(/must-fail\.ts\((\d+),/g)].map(([, line]) => Number(line));
        const lines = readFileSync(`${tests}types/must-fail.ts`, 'utf8').split('\n');
        const expected = lines.flatMap((line, i) => (line.includes('// !') ? [i + 1] : []));
        expect([...new Set(refused)].sort((a, b) => a - b)).toEqual(expected);
    },
);

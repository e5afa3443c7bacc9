import { writeFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { run } from '../harness/run.js';
import { entryPoints, isLibrary } from '../harness/tarballs.js';
import { nodeBinary } from '../harness/tools.js';

const packed = inject('packed');
const entries = packed.filter(isLibrary).flatMap(entryPoints).sort();
const all = [
    ...entries.map((entry) => ({ entry, folder: inject('project') })),
    { entry: '@x/emulator', folder: inject('emulatorProject') },
];

/** Each entry point is loaded in a process of its own: none may lean on what another loaded before. */
describe.each([20, 22, 24, 26])('on Node %i', (major) => {
    test.each(all)('$entry is imported and required, with the same names', async ({ entry, folder }) => {
        const node = await nodeBinary(major);
        const names =
            'JSON.stringify(Object.keys(m).filter((name) => name !== "__esModule" && name !== "module.exports" && name !== "default").sort())';
        const esm = `import * as m from '${entry}'; console.log(${names})`;
        const cjs = `const m = require('${entry}'); console.log(${names})`;
        const [imported, required] = await Promise.all([
            run(node, ['--input-type=module', '-e', esm], { cwd: folder }),
            // Without require(esm), which would hide a CommonJS build that is not one.
            run(node, [...(major >= 22 ? ['--no-experimental-require-module'] : []), '--input-type=commonjs', '-e', cjs], {
                cwd: folder,
            }),
        ]);
        expect(JSON.parse(imported.stdout)).not.toEqual([]);
        expect(JSON.parse(required.stdout)).toEqual(JSON.parse(imported.stdout));
        expect(imported.stderr + required.stderr).toBe('');
    });

    test('importing everything opens nothing and starts nothing', async () => {
        const node = await nodeBinary(major);
        const file = `${inject('project')}/quiet-${major}.mjs`;
        writeFileSync(
            file,
            `${entries.map((entry) => `await import('${entry}');`).join('\n')}
            const { Nango } = await import('@x/node');
            new Nango({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001' });
            // The output's own, and files that Node's module loader is still closing.
            console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => !/^(TTYWrap|PipeWrap|FSReq|FileHandle|CloseReq)/.test(name))));`,
        );
        const { stdout } = await run(node, [file], { cwd: inject('project') });
        expect(JSON.parse(stdout)).toEqual([]);
    });
});

describe('the full client', () => {
    test('is one file for each of its packages, which requires each other package once', async () => {
        const source = `
            const { readFileSync } = require('node:fs');
            require('@x/node');
            const files = Object.keys(require.cache);
            const twice = files.filter((file) => {
                const required = readFileSync(file, 'utf8').match(/(?<=^var .* = .*)require\\("[^"]+"\\)/gm) ?? [];
                return new Set(required).size !== required.length;
            });
            console.log(JSON.stringify({ files: files.length, twice }));`;
        const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', source], { cwd: inject('project') });
        expect(JSON.parse(stdout)).toEqual({ files: 9, twice: [] });
    });
});

describe('CommonJS sub-paths', () => {
    test('share the classes of their package', async () => {
        const source = `
            const assert = require('node:assert');
            const core = require('@x/core');
            const shared = (a, b) => Object.keys(a).filter((name) => name in b);
            for (const [base, sub] of ${JSON.stringify(subPaths())}) {
                const one = require(base), two = require(sub);
                for (const name of shared(one, two)) assert.strictEqual(one[name], two[name], sub + ' has its own ' + name);
            }
            const { NangoError } = require('@x/node');
            assert.strictEqual(NangoError, core.NangoError);`;
        await run(process.execPath, ['--input-type=commonjs', '-e', source], { cwd: inject('project') });
    });
});

function subPaths(): [string, string][] {
    return entries.filter((entry) => entry.split('/').length > 2).map((entry) => [entry.split('/').slice(0, 2).join('/'), entry]);
}

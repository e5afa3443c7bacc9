import { cpSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { here } from '../harness/paths.js';
import { attempt } from '../harness/run.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';
import { installTool, toolsNamed } from '../harness/tools.js';

const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    // Our declarations are checked too, not only what is made of them.
    skipLibCheck: false,
    target: 'es2022',
};

/** A page or a Worker has the web's types, a server may have just Node's. */
const settings = {
    'node16 resolution, ESM and CommonJS, the types of the web': {
        compilerOptions: { ...strict, module: 'node16', moduleResolution: 'node16', lib: ['es2022', 'dom'], types: [] },
        files: ['consumer.mts', 'consumer.cts'],
    },
    'bundler resolution, the types of the web': {
        compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] },
        files: ['consumer.mts'],
    },
    'node16 resolution, the types of Node and none of the web': {
        // @types/node asks for newer versions of TypeScript than the oldest ones here.
        compilerOptions: {
            ...strict,
            skipLibCheck: true,
            module: 'node16',
            moduleResolution: 'node16',
            lib: ['es2022'],
            types: ['node'],
        },
        files: ['consumer.mts'],
    },
};

let project: ScratchProject;
beforeAll(async () => {
    const packed = inject('packed');
    const install = packed.filter(isLibrary).map(({ name }) => name);
    project = await ScratchProject.create({ install, packed, dependencies: { '@types/node': '^20.19.0' } });
    for (const file of ['consumer.mts', 'consumer.cts']) cpSync(`${here}packed/consumer.ts`, project.path(file));
    for (const [index, config] of Object.values(settings).entries())
        project.write({ [`tsconfig.${index}.json`]: JSON.stringify(config) });
});
afterAll(() => project?.remove());

describe.each(toolsNamed('typescript-'))('with %s', (tool) => {
    test.each(Object.keys(settings).map((name, index) => ({ name, index })))('$name', async ({ index }) => {
        const folder = `${await installTool(tool, 'typescript')}/node_modules/typescript/`;
        const { tsc } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).bin;
        const { code, stdout } = await attempt(process.execPath, [folder + tsc, '-p', `tsconfig.${index}.json`], {
            cwd: project.folder,
        });
        expect(code, stdout).toBe(0);
    });
});

import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { here } from '../harness/paths.js';
import { attempt } from '../harness/run.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';

let project: ScratchProject;
beforeAll(async () => {
    const packed = inject('packed');
    project = await ScratchProject.create({
        install: packed.filter(isLibrary).map(({ name }) => name),
        packed,
        type: 'commonjs',
        dependencies: {
            jest: '^30.0.0',
            vitest: '^4.0.0',
            nock: '^14.0.0',
            msw: '^2.10.0',
            '@babel/plugin-transform-modules-commonjs': '^7.27.0',
        },
    });
    cpSync(`${here}test-tools/fixtures`, project.folder, { recursive: true });
    // msw has dependencies that are ES modules only; this is what its users configure in jest.
    project.write({
        'jest.config.json': JSON.stringify({
            testMatch: ['**/*.test.js'],
            transformIgnorePatterns: ['/node_modules/(?!until-async/|rettime/|@open-draft/)'],
            transform: { '\\.(m?js)$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
        }),
        'vitest.config.mjs': `export default { test: { include: ['*.spec.mjs'] } };`,
    });
});
afterAll(() => project?.remove());

describe("users' own tests of code that uses the packages", () => {
    test.each(['interception', 'automock', 'spies', 'fake-timers'])('jest, CommonJS: %s', async (name) => {
        const { code, stdout, stderr } = await attempt(process.execPath, ['node_modules/jest/bin/jest.js', `${name}.test.js`], {
            cwd: project.folder,
        });
        expect(code, stdout + stderr).toBe(0);
    });

    test.each(['interception', 'automock', 'spies'])('vitest, ESM: %s', async (name) => {
        const { code, stdout, stderr } = await attempt(
            process.execPath,
            ['node_modules/vitest/vitest.mjs', 'run', `${name}.spec.mjs`],
            { cwd: project.folder },
        );
        expect(code, stdout + stderr).toBe(0);
    });
});

import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { here } from '../harness/paths.js';
import { attempt } from '../harness/run.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';

/** Suites that run side by side, each with an emulator of its own. */
const suites = [1, 2, 3, 4, 5].map((number) => `emulator-${number}`);

let project: ScratchProject;
beforeAll(async () => {
    const packed = inject('packed');
    project = await ScratchProject.create({
        install: [...packed.filter(isLibrary).map(({ name }) => name), '@x/emulator'],
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
            // Ends what hangs, on however busy a machine.
            testTimeout: 60_000,
            transformIgnorePatterns: ['/node_modules/(?!until-async/|rettime/|@open-draft/)'],
            transform: { '\\.(m?js)$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
        }),
        'vitest.config.mjs': `export default { test: { include: ['*.spec.mjs'], testTimeout: 60_000 } };`,
    });
    for (const suite of suites) {
        cpSync(project.path('emulator.spec.mjs'), project.path(`${suite}.spec.mjs`));
        cpSync(project.path('emulator.test.js'), project.path(`${suite}.test.js`));
    }
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

    test('five suites of vitest and five of jest, all at once, each with useEmulator', async () => {
        const runs = [
            ['node_modules/vitest/vitest.mjs', 'run', ...suites.map((suite) => `${suite}.spec.mjs`), '--maxWorkers=5'],
            ['node_modules/jest/bin/jest.js', ...suites.map((suite) => `${suite}.test.js`), '--maxWorkers=5'],
        ];
        const results = await Promise.all(runs.map((args) => attempt(process.execPath, args, { cwd: project.folder })));
        for (const { code, stdout, stderr } of results) {
            expect(code, stdout + stderr).toBe(0);
            expect(stdout + stderr).toContain('30 passed');
        }
    });

    test('useEmulator where jest has no globals', async () => {
        project.write({
            'no-globals.test.js': `const { expect, test } = require('@jest/globals');
                const { useEmulator } = require('@x/emulator/jest');
                const emulator = useEmulator();
                test('it listens', async () => expect((await fetch(emulator.url + '/health')).status).toBe(200));`,
        });
        const args = ['node_modules/jest/bin/jest.js', 'no-globals.test.js', '--injectGlobals=false'];
        const { code, stdout, stderr } = await attempt(process.execPath, args, { cwd: project.folder });
        expect(code, stdout + stderr).toBe(0);
    });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';

const packed = inject('packed');

/** Every package in a project's node_modules, as npm laid them out. */
function installed(project: ScratchProject): string[] {
    const names = readdirSync(project.path('node_modules')).filter((name) => !name.startsWith('.'));
    return names
        .flatMap((name) =>
            name.startsWith('@') ? readdirSync(project.path('node_modules', name)).map((inner) => `${name}/${inner}`) : [name],
        )
        .sort();
}

const expected: Record<string, string[]> = {
    '@x/core': ['@x/core'],
    '@x/webhooks': ['@x/webhooks'],
    '@x/node': packed
        .filter(isLibrary)
        .map(({ name }) => name)
        .sort(),
};

describe.each(packed.filter(isLibrary))('npm install $name', ({ name }) => {
    test('brings the packages of ours that it needs and nothing else', async () => {
        const project = await ScratchProject.create({ install: [name], packed });
        onTestFinished(() => project.remove());
        expect(installed(project)).toEqual(expected[name] ?? ['@x/core', name].sort());
    });
});

describe.each(packed)('the tarball of $name', (one) => {
    const at = (path: string) => `${inject(isLibrary(one) ? 'project' : 'emulatorProject')}/node_modules/${one.name}/${path}`;

    test('has its licence, notice, README, changelog and the licences of the code bundled into it', () => {
        for (const file of ['LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md']) expect(existsSync(at(file)), file).toBe(true);
        if (/node_modules/.test(bundledSources(at('dist'))))
            expect(existsSync(at('dist/THIRD_PARTY_NOTICES')), 'THIRD_PARTY_NOTICES').toBe(true);
    });

    test('names no folder of the machine that it was built on, and no workspace range', () => {
        for (const file of readdirSync(at('.'), { recursive: true, encoding: 'utf8' })) {
            if (!/\.(c?js|d\.c?ts|json|md)$/.test(file)) continue;
            const text = readFileSync(at(file), 'utf8');
            expect(text, file).not.toMatch(/workspace:|file:\/\/\/|\/home\/|\/work\//);
        }
    });
});

/** Comments of a bundle that name where a bundled module came from. */
function bundledSources(dist: string): string {
    return readdirSync(dist, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.c?js$/.test(file))
        .flatMap((file) => readFileSync(`${dist}/${file}`, 'utf8').match(/^\/\/ .*node_modules\/.*$/gm) ?? [])
        .join('\n');
}

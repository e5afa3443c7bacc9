import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cases } from '../conformance/cases.mjs';
import { readAnswer } from '../harness/conformance.js';
import { type RunningWorld, startWorld } from '../harness/emulator.js';
import { here } from '../harness/paths.js';
import { type Registry, startRegistry } from '../harness/registry.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';
import { WorkspaceCopy } from './workspace-copy.js';

const packed = inject('packed');
const libraries = packed.filter(isLibrary).map(({ name }) => name);

describe('a release, rehearsed on a registry of our own', () => {
    let registry: Registry;
    let copy: WorkspaceCopy;
    let world: RunningWorld;
    beforeAll(async () => {
        registry = await startRegistry();
        copy = await WorkspaceCopy.create(packed, registry);
        world = await startWorld(inject('emulatorProject'));
    });
    afterAll(async () => {
        await world?.close();
        copy?.remove();
        await registry?.stop();
    });

    const published = async (name: string) =>
        (await (await fetch(`${registry.url}/${name.replace('/', '%2f')}`)).json()) as {
            versions: Record<string, { dependencies?: Record<string, string> }>;
        };

    const oldestCore = async (folder: string) =>
        (await published(`@x/${folder}`)).versions[copy.versionOf(folder)]?.dependencies?.['@x/core']?.replace('^', '');

    async function install(dependencies: Record<string, string>): Promise<ScratchProject> {
        const project = await ScratchProject.create({ install: [], packed: [], dependencies, env: registry.env });
        cpSync(`${here}conformance`, project.path('conformance'), { recursive: true });
        for (const script of ['two-copies.mjs', 'oldest.mjs']) cpSync(`${here}releases/${script}`, project.path(script));
        return project;
    }

    async function expectConformance(project: ScratchProject): Promise<void> {
        const { results } = readAnswer(await project.run(process.execPath, ['conformance/main.mjs', JSON.stringify(world)]));
        expect(results).toEqual(Object.fromEntries(Object.keys(cases).map((name) => [name, 'passed'])));
    }

    test('the first one publishes every package, and they work together', async () => {
        await copy.publish();
        for (const { name, version } of packed) {
            const { versions } = await published(name);
            expect(Object.keys(versions), name).toEqual([version]);
            for (const range of Object.values(versions[version]?.dependencies ?? {})) expect(range).not.toContain('workspace');
        }
        const project = await install(Object.fromEntries(libraries.map((name) => [name, '*'])));
        await expectConformance(project);
        project.remove();
    });

    test('what is packed says in which order to publish, and holds all that a release by URL needs', async () => {
        await copy.change({ '@x/syncs': 'patch' }, 'Say which page failed.');
        await copy.version();
        const release = await copy.pack();
        const file = `x-syncs-${copy.versionOf('syncs')}`;
        const read = (path: string) => readFileSync(`${release}/${path}`, 'utf8');
        expect(read('publish.txt')).toBe(`@x/syncs@${copy.versionOf('syncs')} ${file}.tgz\n`);
        expect(read(`notes/${file}.md`)).toContain('Say which page failed.');
        const assets = read(`assets/${file}.txt`).trim().split('\n');
        expect(assets).toEqual([`${file}.tgz`, `x-core-${copy.versionOf('core')}.tgz`]);

        // The command of the notes, with this server in the place of GitHub, and no registry that could help.
        const [, command = ''] = /npm install (.*)\n/.exec(read(`notes/${file}.md`)) ?? [];
        const server = createServer((request, response) => {
            const name = decodeURIComponent(request.url ?? '').split(
                `/releases/download/@x/syncs@${copy.versionOf('syncs')}/`,
            )[1];
            if (!name || !assets.includes(name)) return response.writeHead(404).end();
            response.end(readFileSync(`${release}/${name}`));
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const urls = command.split(' ').map((url) => url.replace('https://github.com', origin));
        expect(urls).toHaveLength(assets.length);
        const project = await ScratchProject.create({ install: [], packed: [] });
        await project.run('npm', ['install', '--no-audit', '--no-fund', '--fetch-retries=0', ...urls], {
            env: { ...registry.env, NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9' },
        });
        server.close();
        expect(
            await project.run(process.execPath, ['-e', "import('@x/syncs').then(({ Records }) => console.log(typeof Records))"]),
        ).toBe('function\n');
        project.remove();
        await copy.publish();
    });

    test('a release that failed half-way is taken up where it stopped', async () => {
        await expect(copy.publish()).resolves.toBe('');
    });

    test('a change of one package publishes that package alone', async () => {
        const before = copy.versionOf('webhooks');
        await copy.change({ '@x/webhooks': 'patch' }, 'Say more when a signature is wrong.');
        await copy.version();
        expect(copy.versionOf('webhooks')).not.toBe(before);
        expect(copy.read('packages/webhooks/CHANGELOG.md')).toContain('Say more when a signature is wrong.');
        const output = await copy.publish();
        expect(output).toContain(`@x/webhooks@${copy.versionOf('webhooks')}`);
        for (const { name } of packed)
            expect(Object.keys((await published(name)).versions), name).toHaveLength(
                ['@x/webhooks', '@x/syncs'].includes(name) ? 2 : 1,
            );
    });

    test('a minor of core leaves the ranges of its dependents as they are', async () => {
        await copy.change({ '@x/core': 'minor', '@x/connections': 'patch' }, 'Something new.');
        await copy.version();
        await copy.publish();
        expect(Object.keys((await published('@x/core')).versions)).toHaveLength(2);
        expect(Object.keys((await published('@x/connections')).versions)).toHaveLength(2);
        expect(Object.keys((await published('@x/syncs')).versions)).toHaveLength(2);
        expect(copy.versionOf('node')).toBe(packed.find(({ name }) => name === '@x/node')?.version);
    });

    test('a package that uses a new name of core/internal asks for the core that has it, and no other does', async () => {
        const outputs = ['node/index.js', 'portable/index.js'].map((file) => `packages/core/dist/${file}`);
        for (const file of outputs) copy.append(file, 'export const rehearsed = true;\n');
        copy.append('packages/syncs/dist/index.js', "import { rehearsed } from '@x/core/internal';\nexport { rehearsed };\n");
        await copy.change({ '@x/core': 'minor', '@x/syncs': 'patch', '@x/actions': 'patch' }, 'A name that syncs uses.');
        await copy.version();
        await copy.publish();
        expect(await oldestCore('syncs')).toBe(copy.versionOf('core'));
        expect(await oldestCore('connect')).toBe('1.0.0');
    });

    test('each package works with the oldest versions that it allows', async () => {
        for (const { name, folder } of packed.filter(isLibrary)) {
            const { dependencies = {} } = (await published(name)).versions[copy.versionOf(folder)] ?? {};
            const oldest = Object.entries(dependencies).filter(([dependency]) => dependency.startsWith('@x/'));
            if (oldest.length === 0) continue;
            const versions = Object.fromEntries(oldest.map(([dependency, range]) => [dependency, range.replace('^', '')]));
            const project = await install({ [name]: copy.versionOf(folder), ...versions });
            const output = await project.run(process.execPath, ['oldest.mjs', name, JSON.stringify(versions)]);
            expect(output, name).toContain('works with the oldest');
            if (folder === 'node') await expectConformance(project);
            project.remove();
        }
    });

    test('old and new versions work together, two copies of core side by side', async () => {
        const first = Object.fromEntries(packed.filter(isLibrary).map(({ name, version }) => [name, version]));
        const project = await install({ ...first, '@x/connections': copy.versionOf('connections') });
        expect(await project.run(process.execPath, ['two-copies.mjs', JSON.stringify(world)])).toContain('two copies get on');
        await world.close();
        world = await startWorld(inject('emulatorProject'));
        await expectConformance(project);
        project.remove();
    });
});

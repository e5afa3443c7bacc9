import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ScratchProject } from '../harness/scratch-project.js';

/** What docs/migration.md says of switching by the manifest alone, of running both clients at once, and of going back. */

const vendor = 'npm:@nangohq/node@0.71.10';

/** The application's code, which never changes. */
const application = {
    'app.cjs': `
        const { Nango, getUserAgent } = require('@nangohq/node');
        const { countConnections } = require('dependant');
        const [host, apiKey] = process.argv.slice(2);
        const nango = new Nango({ apiKey, host });
        (async () => {
            const { connections } = await nango.listConnections({ userId: 'user-1' });
            const name = getUserAgent().split('/')[0] === '@x' ? '@x/node' : '@nangohq/node';
            console.log(JSON.stringify({ name, own: connections.length, dependant: await countConnections({ apiKey, host }) }));
        })();
    `,
    // Somebody's package that has the vendor's client as a dependency, of a version of its own.
    'dependant/package.json': JSON.stringify({
        name: 'dependant',
        version: '1.0.0',
        dependencies: { '@nangohq/node': '^0.71.0' },
    }),
    'dependant/index.js': `
        const { Nango } = require('@nangohq/node');
        exports.countConnections = async (options) => {
            const { connections } = await new Nango(options).listConnections();
            return [connections.length, 'iterateRecords' in Nango.prototype];
        };
    `,
    // Both clients at once: see the page.
    'canary.mjs': `
        import { Nango } from '@nangohq/node';
        import { Nango as Next } from 'nango-next';
        const [host, apiKey, share] = process.argv.slice(2);
        const clients = { now: new Nango({ apiKey, host }), next: new Next({ apiKey, host }) };
        const calls = { now: 0, next: 0 };
        const nango = (key) => {
            const name = hash(key) % 100 < Number(share) ? 'next' : 'now';
            calls[name]++;
            return clients[name];
        };
        const hash = (text) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7);
        const seen = new Set();
        for (let user = 0; user < 40; user++) {
            const { connections } = await nango('user-' + user).listConnections({ integrationId: 'key-api' });
            seen.add(JSON.stringify(connections));
        }
        console.log(JSON.stringify({ ...calls, answers: seen.size }));
    `,
    // What replaces a mock of axios: interception of HTTP works with either client.
    'mocked.cjs': `
        const nock = require('nock');
        const { Nango } = require('@nangohq/node');
        nock('https://api.nango.dev').get('/connections').query(true).reply(200, { connections: [] });
        new Nango({ apiKey: 'k-k-k-k' }).listConnections().then(({ connections }) => console.log(JSON.stringify(connections)));
    `,
};

let project: ScratchProject;
let ours: Record<string, string>;
let emulator: { url: string; apiKey: string; close(): Promise<void> };
beforeAll(async () => {
    ours = Object.fromEntries(inject('packed').map(({ name, tarball }) => [name, `file:${tarball}`]));
    project = await ScratchProject.create({ install: [], packed: [], type: 'commonjs' });
    project.write(application);
    const { startEmulator } = createRequire(`${inject('emulatorProject')}/`)('@x/emulator');
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [
                {
                    provider_config_key: 'key-api',
                    connection_id: 'k1',
                    credentials: { type: 'API_KEY', apiKey: 'k' },
                    end_user: { id: 'user-1' },
                },
            ],
        },
    });
});
afterAll(async () => {
    await emulator?.close();
    project?.remove();
});

/** The one line of package.json that changes; the override takes dependants along. */
async function install(client: string): Promise<void> {
    project.write({
        'package.json': JSON.stringify({
            name: 'application',
            private: true,
            dependencies: {
                '@nangohq/node': client,
                'nango-next': ours['@x/node'],
                dependant: 'file:./dependant',
                nock: '^14.0.0',
            },
            overrides: { ...ours, '@nangohq/node': '$@nangohq/node' },
        }),
    });
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await project.run('npm', ['install', ...flags], { timeout: 300_000 });
}

const run = async (file: string, ...args: string[]) =>
    JSON.parse(await project.run(process.execPath, [file, emulator.url, emulator.apiKey, ...args]));

test('a line of package.json switches the application, its dependants and its mocks, and back', async () => {
    for (const [client, name] of [
        [vendor, '@nangohq/node'],
        [ours['@x/node'] as string, '@x/node'],
        [vendor, '@nangohq/node'],
    ] as const) {
        await install(client);
        expect(await run('app.cjs')).toEqual({ name, own: 1, dependant: [1, name === '@x/node'] });
        expect(await run('mocked.cjs')).toEqual([]);
    }
});

test('both clients serve one application, each its share', async () => {
    await install(vendor);
    const { now, next, answers } = await run('canary.mjs', '25');
    expect(now + next).toBe(40);
    expect(now).toBeGreaterThan(next);
    expect(next).toBeGreaterThan(0);
    expect(answers).toBe(1);
    expect(await run('canary.mjs', '100')).toEqual({ now: 0, next: 40, answers: 1 });
});

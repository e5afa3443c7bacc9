import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { here } from '../harness/paths.js';
import { attempt, run } from '../harness/run.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';
import { installTool } from '../harness/tools.js';
import { startUpstream } from '../harness/upstream.js';

/**
 * Code in the manner of public projects that use the vendor's client: compiled and run as it is, and once more with `@x/node` in place of
 * `@nangohq/node` and no other change.
 */

const vendorVersion = '0.71.10';
const corpus = `${here}drop-in/corpus/`;
const sides = ['vendor', 'ours'] as const;

const shared = {
    strict: true,
    noImplicitOverride: true,
    experimentalDecorators: true,
    esModuleInterop: true,
    skipLibCheck: true,
    target: 'es2022',
    types: ['node'],
};
const resolutions = {
    node: { module: 'commonjs', moduleResolution: 'node' },
    node16: { module: 'node16', moduleResolution: 'node16' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
};
/** What each version of TypeScript knows: `bundler` came with 5.0, and 7.0 left `node` behind. */
const compilers: Record<string, (keyof typeof resolutions)[]> = {
    'older-typescript-4.7': ['node', 'node16'],
    'older-typescript-5.0': ['node', 'node16', 'bundler'],
    'typescript-5.4': ['node', 'node16', 'bundler'],
    'typescript-6.0': ['node'],
    'typescript-7.0': ['node16', 'bundler'],
};

let project: ScratchProject;
beforeAll(async () => {
    const packed = inject('packed');
    project = await ScratchProject.create({
        install: packed.filter(isLibrary).map(({ name }) => name),
        packed: packed.filter(isLibrary),
        // Types of Node that the oldest TypeScript can read.
        dependencies: {
            '@nangohq/node': vendorVersion,
            '@nangohq/types': vendorVersion,
            axios: '^1.18.0',
            '@types/node': '18.11.18',
        },
    });
    for (const side of sides) {
        cpSync(corpus, project.path(side), { recursive: true });
        if (side === 'vendor') continue;
        for (const file of readdirSync(project.path(side))) {
            const path = project.path(side, file);
            writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`'@nangohq/node'`, `'@x/node'`));
        }
    }
    cpSync(`${here}drop-in/run-corpus.mjs`, project.path('run-corpus.mjs'));
});
afterAll(() => project?.remove());

const compiler = async (tool: string): Promise<string> => {
    const folder = `${await installTool(tool, 'typescript')}/node_modules/typescript/`;
    return folder + JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).bin.tsc;
};

describe.each(Object.keys(compilers))('with %s', (tool) => {
    test.each(compilers[tool] as (keyof typeof resolutions)[])(
        'compiles with either client, moduleResolution %s',
        async (resolution) => {
            const config = {
                compilerOptions: {
                    ...shared,
                    ...resolutions[resolution],
                    noEmit: true,
                    ...(tool === 'typescript-6.0' && { ignoreDeprecations: '6.0' }),
                },
                include: sides.map((side) => `${side}/*.ts`),
            };
            const file = `tsconfig.${tool}.${resolution}.json`;
            project.write({ [file]: JSON.stringify(config) });
            const { code, stdout } = await attempt(process.execPath, [await compiler(tool), '-p', file], { cwd: project.folder });
            expect(code, stdout).toBe(0);
        },
    );
});

test('does the same with either client', async () => {
    const config = {
        compilerOptions: { ...shared, ...resolutions.node16, outDir: 'built', rootDir: '.' },
        include: sides.map((side) => `${side}/*.ts`),
    };
    project.write({ 'tsconfig.run.json': JSON.stringify(config) });
    await run(process.execPath, [await compiler('typescript-5.4'), '-p', 'tsconfig.run.json'], { cwd: project.folder });
    const upstream = await startUpstream();
    try {
        const [vendor, ours] = [await results('vendor'), await results('ours')] as [Results, Results];
        expect(Object.keys(vendor).length).toBeGreaterThanOrEqual(40);
        expect(Object.entries(vendor).filter(([, result]) => 'rejected' in result)).toEqual([]);
        expect(ours).toEqual(vendor);
    } finally {
        await upstream.close();
    }

    type Results = Record<string, { resolved?: unknown; rejected?: string }>;
    /** One after the other: the provider's address is part of what they see. */
    async function results(side: (typeof sides)[number]): Promise<Results> {
        mkdirSync(project.path('built', side), { recursive: true });
        cpSync(project.path(side, 'commonjs.cjs'), project.path('built', side, 'commonjs.cjs'));
        const world = await startWorld(upstream.url);
        try {
            const input = JSON.stringify(world.told);
            const { stdout } = await run(process.execPath, ['run-corpus.mjs', project.path('built', side)], {
                cwd: project.folder,
                input,
            });
            return JSON.parse(stdout);
        } finally {
            await world.close();
        }
    }
});

/** An emulator with what the corpus asks for, new for each side. */
async function startWorld(upstream: string) {
    const { startEmulator } = createRequire(`${inject('emulatorProject')}/`)('@x/emulator');
    const { signWebhook } = createRequire(`${project.folder}/`)('@x/webhooks');
    const connection = (id: string, user: string) => ({
        provider_config_key: 'key-api',
        connection_id: id,
        credentials: { type: 'API_KEY', apiKey: `secret of ${id}` },
        end_user: { id: user, email: user === 'user-1' ? 'one@example.com' : 'two@example.com' },
    });
    const emulator = await startEmulator({
        port: 0,
        upstreams: [upstream],
        seed: {
            environment: { variables: { REGION: 'eu' } },
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [connection('k1', 'user-1'), connection('k2', 'user-2'), connection('k3', 'user-3')],
            records: [
                {
                    provider_config_key: 'key-api',
                    connection_id: 'k1',
                    model: 'Contact',
                    save: Array.from({ length: 25 }, (_, index) => ({ id: `c${index}`, name: `Contact ${index}` })),
                },
            ],
        },
    });
    emulator.defineSync('key-api', 'contacts', { model: 'Contact', frequency: 'every hour', run: () => [] });
    emulator.defineAction('key-api', 'greet', ({ name }: { name: string }) => ({ greeting: `hello ${name}` }));
    const body = {
        connectionId: 'k1',
        from: 'nango',
        model: 'Contact',
        modifiedAfter: '2026-11-01T00:00:00.000Z',
        providerConfigKey: 'key-api',
        responseResults: { added: 3, deleted: 0, updated: 0 },
        success: true,
        syncName: 'contacts',
        syncType: 'INCREMENTAL',
        syncVariant: 'base',
        type: 'sync',
    };
    const signed = signWebhook(body, { signingKey: emulator.webhookSigningKey });
    return {
        told: {
            host: emulator.url,
            apiKey: emulator.apiKey,
            signingKey: emulator.webhookSigningKey,
            upstream,
            delivery: { body: signed.body, headers: Object.fromEntries(new Headers(signed.headers)) },
        },
        close: () => emulator.close(),
    };
}

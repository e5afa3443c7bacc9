// What the type parameter costs the compiler: `tsc` on a program with the types of 60 integrations, 20 models each, and on the same program
// without them. Reads the built declarations: `pnpm --filter benchmarks types`. With --check, more than 1.5 s is an error.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [integrations, models, runs, allowed] = [60, 20, 5, 1_500];
const folder = fileURLToPath(new URL('../node_modules/.cache/types/', import.meta.url));
const compilers = { 'TypeScript 6': 'typescript', 'TypeScript 7': 'typescript-7' };
const root = createRequire(new URL('../../package.json', import.meta.url));

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const fields = numbers(12).map((i) => `field${i}: ${['string', 'number | null', "'a' | 'b'", '{ name: string }[]'][i % 4]}`);
const generated = `export type NangoTypes = { ${numbers(integrations)
    .map((i) => `'integration-${i}': I${i}`)
    .join('; ')} };
${numbers(integrations).map(integration).join('\n')}\n`;

function integration(i) {
    const all = numbers(models).map((m) => `Model${m}`);
    return `export type I${i} = {
    syncs: { ${all.map((model, m) => `'sync-${m}': { models: '${model}' }`).join('; ')} };
    models: { ${all.map((model) => `${model}: I${i}['definitions']['${model}']`).join('; ')} };
    actions: { ${all.map((model, m) => `'action-${m}': { input: I${i}['definitions']['${model}']; output: { id: string } }`).join('; ')} };
    metadata: { owner: string };
    connectionConfig: { subdomain: string };
    definitions: { ${all.map((model) => `${model}: { id: string; ${fields.join('; ')} }`).join('; ')} };
};`;
}

/** Some of each kind of call for every integration. */
function program(typed) {
    const calls = numbers(integrations).map(
        (i) => `export async function use${i}() {
    const key = { providerConfigKey: 'integration-${i}', connectionId: 'c1', model: 'Model3' } as const;
    for await (const record of nango.iterateRecords(key)) console.log(record.id);
    const { records } = await nango.listRecords(key);
    await nango.triggerAction('integration-${i}', 'c1', 'action-4', { ...(records[0] as any) });
    await nango.setMetadata('integration-${i}', 'c1', { owner: 'ada' });
    await nango.triggerSync('integration-${i}', ['sync-2']);
    const { connections } = await nango.listConnections({ integrationId: 'integration-${i}' });
    console.log(connections[0]?.metadata?.owner, (await nango.getConnection('integration-${i}', 'c1')).metadata?.owner);
}`,
    );
    const argument = typed ? '<NangoTypes>' : '';
    return `import { Nango, parseWebhook } from '@x/node';
import { createWebhookHandler } from '@x/webhooks/fetch';
${typed ? "import type { NangoTypes } from './nango.gen.js';" : ''}
const nango = new Nango${argument}({ apiKey: 'key' });
export const plain: Nango = nango;
export const event = parseWebhook${argument}('', {}, {});
if (event.type === 'sync' && event.providerConfigKey === 'integration-7' && event.model === 'Model3')
    nango.recordsFromWebhook(event, { load: () => null, save: () => null, handle: ({ added }) => added.length });
export const receive = createWebhookHandler${argument}({ onSync: (event) => event.model, onAuth: (event) => event.providerConfigKey });
${calls.join('\n')}\n`;
}

rmSync(folder, { recursive: true, force: true });
const options = {
    target: 'es2022',
    lib: ['es2023', 'dom'],
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
};
for (const kind of ['typed', 'untyped']) {
    mkdirSync(`${folder}${kind}`, { recursive: true });
    writeFileSync(`${folder}${kind}/package.json`, '{ "type": "module" }');
    writeFileSync(`${folder}${kind}/tsconfig.json`, JSON.stringify({ compilerOptions: options, files: ['main.ts'] }));
    writeFileSync(`${folder}${kind}/nango.gen.ts`, generated);
    writeFileSync(`${folder}${kind}/main.ts`, program(kind === 'typed'));
}

let failed = false;
for (const [name, compiler] of Object.entries(compilers)) {
    const tsc = root.resolve(`${compiler}/package.json`).replace('package.json', 'bin/tsc');
    const times = { typed: [], untyped: [] };
    // In turns, and the fastest of each: what else the machine does only adds.
    for (let run = 0; run < runs; run++) for (const kind of ['typed', 'untyped']) times[kind].push(compile(tsc, kind));
    const [typed, untyped] = [Math.min(...times.typed), Math.min(...times.untyped)];
    const more = typed - untyped;
    if (more > allowed) failed = true;
    console.log(
        `${name}: ${typed.toFixed(0)} ms with types, ${untyped.toFixed(0)} ms without: ${more.toFixed(0)} ms more (at most ${allowed})`,
    );
}
if (failed && process.argv.includes('--check')) process.exit(1);

function compile(tsc, kind) {
    const begun = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', `${folder}${kind}`], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stdout.slice(0, 2_000));
    return performance.now() - begun;
}

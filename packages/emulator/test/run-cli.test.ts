import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmulator, type RunningEmulator } from '../src/index.js';
import { runCli } from '../src/run-cli.js';

let folder: string;
let emulator: RunningEmulator | undefined;
let out: string[];
let errors: string[];
const run = async (...args: string[]) => {
    emulator = await runCli(args, { out: (text) => out.push(text), error: (text) => errors.push(text) });
    return emulator;
};
const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
};

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    [out, errors] = [[], []];
});
afterEach(async () => {
    await emulator?.close();
    await rm(folder, { recursive: true });
});

test('the first line has the address and the keys, then there is one line a request', async () => {
    const key = '12345678-1234-4234-8234-123456789012';
    const started = await run('--port', '0', '--api-key', key, '--webhook-signing-key', 'sign', '--rate-limit', '7');
    expect(JSON.parse(out[0] ?? '')).toEqual({ url: started?.url, apiKey: key, webhookSigningKey: 'sign' });
    const response = await fetch(`${started?.url}/connections`, { headers: { Authorization: `Bearer ${key}` } });
    expect(response.headers.get('x-ratelimit-limit')).toBe('7');
    expect(out.slice(1)).toEqual([expect.stringMatching(/^GET \/connections 200 [\d.]+ ms\n$/)]);
});

test('--quiet leaves the first line only', async () => {
    const started = await run('--port', '0', '--quiet');
    await fetch(`${started?.url}/health`);
    expect(out).toHaveLength(1);
});

test('a seed, providers and functions come from files', async () => {
    const providers = await file(
        'providers.yaml',
        'acme:\n  display_name: Acme\n  auth_mode: API_KEY\n  proxy:\n    base_url: https://acme.example\n',
    );
    const seed = await file(
        'seed.json',
        JSON.stringify({
            integrations: [{ provider: 'acme', unique_key: 'acme' }],
            connections: [{ provider_config_key: 'acme', connection_id: 'a', credentials: { type: 'API_KEY', apiKey: 'k' } }],
        }),
    );
    const functions = await file(
        'functions.mjs',
        `export default (emulator, { ActionError }) => {
            emulator.defineAction('acme', 'double', (n) => n * 2);
            emulator.defineAction('acme', 'fail', () => { throw new ActionError({ why: 'asked' }); });
        };`,
    );
    const started = await run('--port', '0', '--quiet', '--seed', seed, '--providers', providers, '--functions', functions);
    const trigger = async (body: object) =>
        (
            await fetch(`${started?.url}/action/trigger`, {
                method: 'POST',
                headers: {
                    Authorization: `Bearer ${started?.apiKey}`,
                    'Content-Type': 'application/json',
                    'Provider-Config-Key': 'acme',
                    'Connection-Id': 'a',
                },
                body: JSON.stringify(body),
            })
        ).json();
    expect(await trigger({ action_name: 'double', input: 21 })).toBe(42);
    expect(await trigger({ action_name: 'fail' })).toMatchObject({ error: { payload: { why: 'asked' } } });
});

describe('mistakes are reported in a line, without a stack', () => {
    test.each([
        [['--port', 'many'], '--port must be a whole number from 0 to 65535.\n'],
        [['--rate-limit', '0'], /^--rate-limit must be/],
        [['--rate-limit', '1e3'], /^--rate-limit must be/],
        [['--port', '0x10'], /^--port must be/],
        [['--port', '0', '--port=0'], '--port is there twice.\n'],
        [['--upstream', 'http://127.0.0.1:4000/api'], /^An upstream must be an origin/],
        [['--host', '0.0.0.0', '--port', '0'], /^--host must be a loopback address/],
        [['--api-key', 'nope', '--port', '0'], /^--api-key must be a UUID/],
        [['--nope'], 'Unknown option --nope; --help lists them all.\n'],
        [['--webhok-url', 'x'], 'Unknown option --webhok-url; did you mean --webhook-url?\n'],
        [['--webhookUrl=x'], 'Unknown option --webhookUrl; did you mean --webhook-url?\n'],
        [['--webhook-url', 'nowhere'], /^--webhook-url: must be an address/],
        [['--seed', '/does/not/exist.json'], /^ENOENT/],
    ])('%j', async (args, message) => {
        expect(await run(...args)).toBeUndefined();
        expect(errors.join('')).toMatch(message);
        expect(errors.join('')).not.toContain('    at ');
        expect(out).toEqual([]);
    });

    test('in a seed', async () => {
        expect(await run('--port', '0', '--seed', await file('a.json', '{'))).toBeUndefined();
        expect(await run('--port', '0', '--seed', await file('b.json', '{"connections":5}'))).toBeUndefined();
        expect(errors[0]).toContain('a.json is not JSON');
        expect(errors[1]).toContain('The seed was refused:\n  connections: ');
    });

    test('in providers and functions', async () => {
        expect(await run('--port', '0', '--providers', await file('a.yaml', 'x: {}'))).toBeUndefined();
        expect(errors[0]).toContain('Provider "x" has no known auth_mode');
        expect(await run('--port', '0', '--functions', await file('f.mjs', 'export default 1'))).toBeUndefined();
        expect(errors[1]).toContain('has no function as its default export');
    });

    test('a taken port comes with advice', async () => {
        const started = await run('--port', '0', '--quiet');
        const second = await runCli(['--port', String(started?.port)], { out: () => {}, error: (text) => errors.push(text) });
        expect(second).toBeUndefined();
        expect(errors.join('')).toContain('Choose another with --port');
    });
});

test('what may not be reached is refused in the words of whoever started the emulator', async () => {
    const integrations = [{ provider: 'private-api-bearer', unique_key: 'k' }];
    const connections = [
        { provider_config_key: 'k', connection_id: 'c', credentials: { type: 'API_KEY', apiKey: 'x' } as const },
    ];
    const started = await run(
        '--port',
        '0',
        '--quiet',
        '--seed',
        await file('seed.json', JSON.stringify({ integrations, connections })),
    );
    const library = createEmulator({ seed: { integrations, connections } });
    const headers = {
        Authorization: `Bearer ${library.apiKey}`,
        'Connection-Id': 'c',
        'Provider-Config-Key': 'k',
        'Base-Url-Override': 'http://127.0.0.1:4000',
    };
    const said = async (answer: Response) => ((await answer.json()) as { error: { message: string } }).error.message;
    expect(await said(await fetch(`${started?.url}/proxy/x`, { headers }))).toContain('with --upstream http://127.0.0.1:4000 to');
    expect(await said(await library.fetch('/proxy/x', { headers }))).toContain("with upstreams: ['http://127.0.0.1:4000'] to");
});

test('--help', async () => {
    expect(await run('--help')).toBeUndefined();
    expect(out.join('')).toContain('--webhook-url <url>');
    expect(errors).toEqual([]);
});

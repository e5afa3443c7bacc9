import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultApiKey, defaultWebhookSigningKey, type RunningEmulator, startEmulator } from '../src/index.js';

let emulator: RunningEmulator;
afterEach(() => emulator?.close());

const asHost = (host: string, path = '/health') =>
    new Promise<number>((resolve, reject) => {
        const sent = request({ port: emulator.port, host: '127.0.0.1', path, headers: { Host: host } }, (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject).end();
    });

describe('listening', () => {
    test('on a free port of loopback, with documented keys', async () => {
        emulator = await startEmulator({ port: 0 });
        expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
        expect([emulator.apiKey, emulator.webhookSigningKey]).toEqual([defaultApiKey, defaultWebhookSigningKey]);
        expect(await (await fetch(`${emulator.url}/health`)).json()).toEqual({ result: 'ok' });
        expect(await emulator.control.now()).toHaveProperty('frozen', false);
    });

    test('keeps idle connections as long as the server does', async () => {
        emulator = await startEmulator({ port: 0 });
        expect((await fetch(`${emulator.url}/health`)).headers.get('keep-alive')).toBe('timeout=61');
    });

    test('only to hosts that are this machine', async () => {
        emulator = await startEmulator({ port: 0, allowedHosts: ['api.local'] });
        for (const host of ['localhost', `127.0.0.1:${emulator.port}`, '[::1]:80', 'API.local:1'])
            expect(await asHost(host)).toBe(200);
        for (const host of ['evil.example', 'localhost.evil.example', `127.0.0.1.evil.example:${emulator.port}`]) {
            expect(await asHost(host)).toBe(403);
            expect(await asHost(host, '/_emulator/snapshot')).toBe(403);
        }
    });

    test('never on a public address', async () => {
        await expect(startEmulator({ port: 0, host: '0.0.0.0' })).rejects.toThrow(/loopback/);
    });

    test('a taken port is reported as such', async () => {
        emulator = await startEmulator({ port: 0 });
        await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });

    test('keys that are no UUID are refused without repeating them', async () => {
        await expect(startEmulator({ port: 0, apiKey: 'my-secret' })).rejects.toThrow(/^((?!my-secret).)*UUID((?!my-secret).)*$/);
    });

    test('links in answers name the address it listens on', async () => {
        emulator = await startEmulator({ port: 0 });
        const headers = { Authorization: `Bearer ${emulator.apiKey}`, 'Content-Type': 'application/json' };
        const response = await fetch(`${emulator.url}/connect/sessions`, { method: 'POST', headers, body: '{"tags":{}}' });
        const { data } = (await response.json()) as { data: { connect_link: string } };
        expect(data.connect_link.startsWith(`${emulator.url}/`)).toBe(true);
    });

    test('over HTTP an empty JSON body counts as {}, and a missing one as none', async () => {
        emulator = await startEmulator({ port: 0 });
        const post = async (headers: Record<string, string>) => {
            const response = await fetch(`${emulator.url}/integrations`, {
                method: 'POST',
                headers: { Authorization: `Bearer ${emulator.apiKey}`, ...headers },
            });
            return ((await response.json()) as { error: { errors: { path: string[] }[] } }).error.errors.map(({ path }) => path);
        };
        expect(await post({ 'Content-Type': 'application/json' })).toEqual([['provider'], ['unique_key']]);
        expect(await post({})).toEqual([[]]);
    });
});

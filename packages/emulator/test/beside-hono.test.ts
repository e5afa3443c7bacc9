import { getRequestListener } from '@hono/node-server';
import { expect, test, vi } from 'vitest';
import { startEmulator } from '../src/start-emulator.js';

test('in a process whose app replaces Request and Response, each answer is sent once and connections stay', async () => {
    const complaints = vi.spyOn(console, 'error');
    const emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'crm' }],
            connections: [{ provider_config_key: 'crm', connection_id: 'ada', credentials: { type: 'API_KEY', apiKey: 'k' } }],
        },
    });
    const selection = { 'provider-config-key': 'crm', 'connection-id': 'ada' };
    const ask = async (path: string, init: RequestInit = {}) => {
        const headers = { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json', ...selection };
        const response = await fetch(emulator.url + path, { ...init, headers });
        return [response.status, await response.text()];
    };
    for (let i = 0; i < 4; i++) {
        // Midway: what the emulator keeps from before must do afterwards too.
        const before = globalThis.Response;
        if (i === 2) getRequestListener(() => new Response());
        expect(globalThis.Response !== before).toBe(i === 2);
        expect(await ask('/integrations')).toEqual([200, expect.stringContaining('"crm"')]);
        const body = JSON.stringify({ provider: 'private-api-bearer', unique_key: `crm-${i}` });
        expect(await ask('/integrations', { method: 'POST', body })).toEqual([200, expect.stringContaining(`"crm-${i}"`)]);
        expect(await ask('/records?model=Issue')).toEqual([200, '{"records":[],"next_cursor":null}']);
        expect(await ask('/integrations/none')).toEqual([404, expect.stringContaining('error')]);
    }
    expect(complaints).not.toHaveBeenCalled();
    await emulator.close();
});

import { getRequestListener } from '@hono/node-server';
import { expect, test, vi } from 'vitest';
import { startEmulator } from '../src/start-emulator.js';

test('in a process whose app has replaced Request and Response, each answer is sent once and connections stay', async () => {
    const before = globalThis.Response;
    getRequestListener(() => new Response());
    expect(globalThis.Response).not.toBe(before);
    const complaints = vi.spyOn(console, 'error');
    const emulator = await startEmulator({
        port: 0,
        seed: { integrations: [{ provider: 'private-api-bearer', unique_key: 'crm' }] },
    });
    const ask = async (path: string, init: RequestInit = {}) => {
        const headers = { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' };
        const response = await fetch(emulator.url + path, { ...init, headers });
        return [response.status, await response.text()];
    };
    for (let i = 0; i < 3; i++) {
        expect(await ask('/integrations')).toEqual([200, expect.stringContaining('"crm"')]);
        const body = JSON.stringify({ provider: 'private-api-bearer', unique_key: `crm-${i}` });
        expect(await ask('/integrations', { method: 'POST', body })).toEqual([200, expect.stringContaining(`"crm-${i}"`)]);
        expect(await ask('/integrations/none')).toEqual([404, expect.stringContaining('error')]);
    }
    expect(complaints).not.toHaveBeenCalled();
    await emulator.close();
});

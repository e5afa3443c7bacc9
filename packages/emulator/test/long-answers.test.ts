import { Agent, get } from 'node:http';
import { expect, test } from 'vitest';
import { startEmulator } from '../src/start-emulator.js';

test.each(['a', 'ä', '€'])('pages of any length arrive whole over one connection, also of %s', async (letter) => {
    const save = Array.from({ length: 300 }, (_, index) => ({ id: `r${index}`, text: letter.repeat(1_000) }));
    const emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'crm' }],
            connections: [{ provider_config_key: 'crm', connection_id: 'ada', credentials: { type: 'NONE' } }],
            records: [{ provider_config_key: 'crm', connection_id: 'ada', model: 'Note', save }],
        },
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { authorization: `Bearer ${emulator.apiKey}`, 'provider-config-key': 'crm', 'connection-id': 'ada' };
    const ports = new Set<number | undefined>();
    for (const limit of [1, 100, 300]) {
        const [announced, bytes] = await new Promise<[string | undefined, Buffer]>((resolve, reject) => {
            const request = get(`${emulator.url}/records?model=Note&limit=${limit}`, { agent, headers }, (response) => {
                ports.add(response.socket.localPort);
                const chunks: Buffer[] = [];
                response.on('data', (chunk) => chunks.push(chunk));
                response.on('end', () => resolve([response.headers['content-length'], Buffer.concat(chunks)]));
            });
            request.on('error', reject);
        });
        expect(announced).toBe(String(bytes.length));
        const { records } = JSON.parse(bytes.toString()) as { records: { id: string; text: string }[] };
        expect(records.map(({ id, text }) => ({ id, text }))).toEqual(save.slice(0, limit));
    }
    expect(ports.size).toBe(1);
    agent.destroy();
    await emulator.close();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseWebhook } from '@x/webhooks';
import { expect, test } from 'vitest';
import { startEmulator } from '../src/index.js';

test.each([true, false])('a deleted connection is reported where the environment asks for it: %s', async (asked) => {
    const events: unknown[] = [];
    const receiver = createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        events.push(parseWebhook(body, request.headers, { signingKey: emulator.webhookSigningKey }));
        response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const emulator = await startEmulator({
        port: 0,
        webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
        seed: {
            ...(asked && { environment: { webhooks: { on_connection_deletion: true } } }),
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [
                {
                    provider_config_key: 'key-api',
                    connection_id: 'k1',
                    credentials: { type: 'API_KEY', apiKey: 'k' },
                    tags: { team: 'blue' },
                },
            ],
        },
    });
    try {
        const { status } = await fetch(`${emulator.url}/connections/k1?provider_config_key=key-api`, {
            method: 'DELETE',
            headers: { authorization: `Bearer ${emulator.apiKey}` },
        });
        expect(status).toBe(200);
        await emulator.control.settle();
        const event = {
            type: 'auth',
            operation: 'deletion',
            success: true,
            connectionId: 'k1',
            authMode: 'API_KEY',
            tags: { team: 'blue' },
        };
        expect(events).toEqual(asked ? [expect.objectContaining(event)] : []);
    } finally {
        await emulator.close();
        receiver.close();
    }
});

import { Nango } from '@nangohq/node'; // or '@x/node'
import { useEmulator } from '@x/emulator/vitest'; // or '@x/emulator/jest'
import { expect, test } from 'vitest';

const emulator = useEmulator({
    seed: {
        integrations: [{ provider: 'private-api-bearer', unique_key: 'crm' }],
        connections: [{ provider_config_key: 'crm', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
    },
});
const nango = () => new Nango({ host: emulator.url, apiKey: emulator.apiKey });

test('a token that can not be had', async () => {
    await emulator.control.fault({ type: 'status', status: 503, operation: 'getToken' });
    await expect(nango().getToken('crm', 'c1')).rejects.toMatchObject({ response: { status: 503 } });
    await emulator.control.waitForRequest({ operation: 'getToken', status: 503 });
});

test('is there again in the next test', async () => {
    expect(await nango().getToken('crm', 'c1')).toMatchObject({ apiKey: 'k' });
});

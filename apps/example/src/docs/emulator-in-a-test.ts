import { startEmulator } from '@x/emulator';
import { Nango, NangoTimeoutError } from '@x/node';

/** In vitest, jest or node:test: start one in `beforeAll`, close it in `afterAll`. */
export async function rehearseASlowServer(): Promise<string> {
    const emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'crm' }],
            connections: [
                {
                    provider_config_key: 'crm',
                    connection_id: 'ada',
                    credentials: { type: 'API_KEY', apiKey: 'key-of-ada' },
                },
            ],
        },
    });
    try {
        const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url, retry: false });
        await emulator.control.fault({ type: 'latency', ms: 5_000, operation: 'getConnection', times: 1 });
        const failure = await nango.getToken('crm', 'ada', { timeout: 100 }).catch((error: unknown) => error);
        const token = await nango.getToken('crm', 'ada');
        return `${failure instanceof NangoTimeoutError}, then ${JSON.stringify(token)}`;
    } finally {
        await emulator.close();
    }
}

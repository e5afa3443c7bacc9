import { createRequire } from 'node:module';
import { startUpstream } from './upstream.js';

/** What the conformance suite knows of the world. */
export interface World {
    url: string;
    apiKey: string;
    webhookSigningKey: string;
    upstream: string;
}

export interface RunningWorld extends World {
    close(): Promise<void>;
}

/** The packed emulator of a scratch project, with the integration, connection, sync and action that the suite asks for. */
export async function startWorld(project: string): Promise<RunningWorld> {
    const { startEmulator } = createRequire(`${project}/`)('@x/emulator');
    const upstream = await startUpstream();
    const emulator = await startEmulator({
        port: 0,
        upstreams: [upstream.url],
        seed: {
            environment: { variables: { REGION: 'eu' } },
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [
                {
                    provider_config_key: 'key-api',
                    connection_id: 'k1',
                    credentials: { type: 'API_KEY', apiKey: 'secret-key' },
                    end_user: { id: 'user-1', email: 'one@example.com' },
                },
            ],
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
    return {
        url: emulator.url,
        apiKey: emulator.apiKey,
        webhookSigningKey: emulator.webhookSigningKey,
        upstream: upstream.url,
        async close() {
            await emulator.close();
            await upstream.close();
        },
    };
}

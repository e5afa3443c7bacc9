import { createEmulator } from '@x/emulator';
import { Nango } from '@x/node';

/** No port at all: the client calls the emulator as a function. */
export async function withoutAPort(): Promise<string[]> {
    const emulator = createEmulator();
    const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url, fetch: emulator.fetch });
    await nango.createIntegration({ provider: 'private-api-bearer', unique_key: 'crm' });
    const { configs } = await nango.listIntegrations();
    return configs.map(({ unique_key }) => unique_key);
}

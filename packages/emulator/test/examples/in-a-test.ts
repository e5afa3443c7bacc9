import { Nango } from '@nangohq/node'; // or '@x/node'
import { ActionError, startEmulator } from '@x/emulator';

const emulator = await startEmulator({
    port: 0,
    seed: {
        integrations: [{ provider: 'private-api-bearer', unique_key: 'crm' }],
        connections: [{ provider_config_key: 'crm', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
    },
});
emulator.defineSync('crm', 'contacts', {
    model: 'Contact',
    frequency: 'every hour',
    run: ({ save }) => save([{ id: '1', name: 'Ada' }]),
});
emulator.defineAction('crm', 'rename', (input: { name: string }) => {
    if (!input?.name) throw new ActionError({ field: 'name' });
    return { renamed: input.name };
});

const nango = new Nango({ host: emulator.url, apiKey: emulator.apiKey });
await emulator.control.settle(); // the first run of the sync is done
const { records } = await nango.listRecords({ providerConfigKey: 'crm', connectionId: 'c1', model: 'Contact' });
console.log(records); // [{ id: '1', name: 'Ada', _nango_metadata: … }]

await emulator.control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 2 });
// … the next two calls of listRecords fail

await emulator.close();

import { startEmulator } from '@x/emulator';
import { Nango } from '@x/node';

const emulator = await startEmulator({ port: 0 }); // Nango's API on this machine
const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url });

await nango.createIntegration({ provider: 'private-api-bearer', unique_key: 'crm' });
await nango.importConnection({
    provider_config_key: 'crm',
    connection_id: 'ada',
    credentials: { type: 'API_KEY', apiKey: 'key-of-ada' },
});
await emulator.control.fault({ type: 'status', status: 503, operation: 'getToken', times: 2 }); // two requests will fail

console.log(await nango.getToken('crm', 'ada'));
console.log(await nango.getToken('crm', 'bob').catch((error) => `${error.name}: ${error.code}`));
await emulator.close();

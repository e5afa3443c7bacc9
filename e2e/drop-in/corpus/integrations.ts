import type { ApiPublicIntegration } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites, World } from './world.js';

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host });
const summary = ({ unique_key, provider, display_name }: ApiPublicIntegration) => [unique_key, provider, display_name];

export const sites: Sites = {
    'an integration’s life': async (world) => {
        const nango = client(world);
        const body: Parameters<Nango['createIntegration']>[0] = { provider: 'private-api-basic', unique_key: 'basic' };
        body.display_name = 'Basic';
        const { data: made } = await nango.createIntegration(body);
        const { data: renamed } = await nango.updateIntegration({ uniqueKey: 'basic' }, { display_name: 'Basic 2' });
        const { configs } = await nango.listIntegrations();
        const { status } = await nango.deleteIntegration('basic');
        return [summary(made), summary(renamed), configs.map(({ unique_key }) => unique_key).sort(), status];
    },
    'a client that is loaded when it is needed': async ({ apiKey, host }) => {
        const module = await import('@nangohq/node');
        const nango = new module.Nango({ apiKey, host });
        return [(await nango.listIntegrations()).configs.length, module.prodHost];
    },
    'the catalogue is searched': async (world) => {
        const { data } = await client(world).listProviders({ search: 'git' });
        return data.map(({ name }) => name).sort();
    },
    'environment variables as keys': async ({ host, apiKey }) => {
        const key: string = process.env['NANGO_SECRET_KEY_THAT_NOBODY_SETS'] ?? apiKey;
        return new Nango({ secretKey: key, host }).serverUrl === host;
    },
};

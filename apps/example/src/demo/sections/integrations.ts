import { count } from '../describe.js';
import type { Tour } from '../tour.js';
import type { World } from '../world.js';

/** Providers, integrations, environment. */
export async function integrationsSection(tour: Tour, { nango }: World): Promise<void> {
    tour.section('Providers and integrations');
    await tour.step(
        'listProviders()',
        () => nango.listProviders(),
        ({ data }) =>
            count(
                'provider',
                data.map(({ name }) => name),
            ),
    );
    await tour.step(
        'listProviders({ search })',
        () => nango.listProviders({ search: 'git' }),
        ({ data }) => `“git” finds ${data.map(({ name }) => name).join(', ')}`,
    );
    await tour.step(
        'getProvider({ provider })',
        () => nango.getProvider({ provider: 'hubspot' }),
        ({ data }) => `${data.display_name}, ${data.auth_mode}`,
    );
    for (const name of ['hubspot', 'github']) {
        await tour.step(
            `createIntegration({ … ${name} })`,
            () =>
                nango.createIntegration({
                    provider: name,
                    unique_key: name,
                    credentials: { type: 'OAUTH2', client_id: 'demo-client', client_secret: 'demo-secret', scopes: 'read,write' },
                }),
            ({ data }) => `${data.unique_key}, made of ${data.provider}`,
        );
    }
    await tour.step(
        'createIntegration(provider, id)',
        () => nango.createIntegration('private-api-bearer', 'billing'),
        ({ config }) => `${config.unique_key} (older form, still works)`,
    );
    await tour.step(
        'listIntegrations()',
        () => nango.listIntegrations(),
        ({ configs }) =>
            count(
                'integration',
                configs.map(({ unique_key }) => unique_key),
            ),
    );
    await tour.step(
        'getIntegration({ uniqueKey })',
        () => nango.getIntegration({ uniqueKey: 'hubspot' }),
        ({ data }) => `${data.display_name}, since ${data.created_at.slice(0, 10)}`,
    );
    await tour.step(
        'getIntegration(id)',
        () => nango.getIntegration('hubspot'),
        ({ config }) => `${config.provider} (older form, still works)`,
    );
    await tour.step(
        'updateIntegration({ uniqueKey }, …)',
        () => nango.updateIntegration({ uniqueKey: 'hubspot' }, { display_name: 'HubSpot CRM' }),
        ({ data }) => `now called “${data.display_name}”`,
    );
    await tour.step(
        'updateIntegration(provider, id)',
        () => nango.updateIntegration('private-api-bearer', 'billing'),
        ({ config }) => `${config.unique_key} (older form, still works)`,
    );
    await tour.step(
        'deleteIntegration(id)',
        () => nango.deleteIntegration('billing'),
        ({ data }) => `success: ${data.success}`,
    );

    tour.section('Environment');
    await tour.step(
        'getEnvironmentVariables()',
        () => nango.getEnvironmentVariables(),
        (variables) =>
            count(
                'variable',
                variables.map(({ name }) => name),
            ),
    );
    await tour.step(
        'getScriptsConfig()',
        () => nango.getScriptsConfig(),
        (scripts) =>
            count(
                'integration',
                scripts.map(({ providerConfigKey, syncs, actions }) => `${providerConfigKey} (${syncs.length + actions.length})`),
            ),
    );
}

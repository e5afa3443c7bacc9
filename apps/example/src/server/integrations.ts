import type { NangoTypes } from './nango.gen.js';

/** What the product knows about an integration. */
export interface Integration {
    /** Its id in Nango. */
    readonly id: IntegrationId;
    readonly name: string;
    /** How its users connect, in the words of the page. */
    readonly connects: string;
    /** Where the provider's API has one contact, and what of it is shown. */
    readonly live: { endpoint(id: string): string; read(answer: LiveAnswer): Record<string, unknown> };
    /** Where it takes files, if it does. */
    readonly files?: string;
}

/** The parts of the providers' answers that are read. */
export interface LiveAnswer {
    readonly properties?: Record<string, string | null>;
    readonly data?: Record<string, string | null>;
}

/**
 * The integrations of this product. Each has a sync `contacts` (model `Contact`) and an action `create-contact` deployed in Nango: what
 * differs from provider to provider is over there, but for the look-up and the upload.
 */
export const integrations = [
    {
        id: 'hubspot',
        name: 'HubSpot',
        connects: 'Sign in at HubSpot and allow access',
        live: {
            endpoint: (id) =>
                `/crm/v3/objects/contacts/${encodeURIComponent(id)}?properties=jobtitle,phone,lifecyclestage,lastmodifieddate`,
            read: ({ properties }) => ({
                'Job title': properties?.jobtitle,
                Phone: properties?.phone,
                Stage: properties?.lifecyclestage,
                'Changed at HubSpot': properties?.lastmodifieddate,
            }),
        },
        files: '/files/v3/files',
    },
    {
        id: 'folk',
        name: 'Folk',
        connects: 'Paste an API key of your Folk account',
        live: {
            endpoint: (id) => `/v1/people/${encodeURIComponent(id)}`,
            read: ({ data }) => ({ 'Job title': data?.jobTitle, Phone: data?.phone, 'Changed at Folk': data?.updatedAt }),
        },
    },
] as const satisfies readonly Integration[];

/** Those that are in Nango: `nango.gen.ts` is made from what is deployed there. */
export type IntegrationId = keyof NangoTypes;

export const integrationIds: readonly IntegrationId[] = integrations.map(({ id }) => id);

/** Whether it is one of this product: an environment may have others. */
export const isOffered = (id: string): id is IntegrationId => integrationIds.some((offered) => offered === id);

/** `undefined` for one that this product does not offer. */
export function integrationOf(id: string): Integration | undefined {
    return integrations.find((integration) => integration.id === id);
}

import { type CallOptions, type Compared, call, NangoApiError, type Operation } from '@x/core';
import { inputError, requireId, warnOnce } from '@x/core/internal';
import {
    type Integration,
    type IntegrationCredentialsInput,
    type IntegrationInput,
    type IntegrationPatch,
    Integrations,
    type Provider,
} from '@x/integrations';
import { type LegacyCredentials, type LegacyIntegration, toCredentials, toLegacyConfig } from './legacy-credentials.js';
import * as operations from './operations.js';

/** What `getIntegration` may add to its answer. */
interface IntegrationInclude {
    include?: ('webhook' | 'credentials')[] | undefined;
}

/**
 * The integrations, with the argument forms of older clients beside today's. Each older form warns once a process and resolves to
 * what it used to (`config`) together with what today's form gives (`data`).
 */
export class LegacyIntegrations extends Integrations {
    /**
     * Older form.
     *
     * @deprecated use `getIntegration({ uniqueKey }, { include: ['credentials'] })`
     */
    override getIntegration<K extends string>(
        providerConfigKey: K,
        includeCredentials?: Compared<K, boolean, IntegrationInclude>,
        options?: CallOptions,
    ): Promise<Compared<K, LegacyIntegration, { data: Integration }>>;
    /** Gets one integration. */
    override getIntegration(
        params: { uniqueKey: string },
        queries?: IntegrationInclude,
        options?: CallOptions,
    ): Promise<{ data: Integration }>;
    override async getIntegration(
        first: { uniqueKey: string } | string,
        second?: IntegrationInclude | boolean,
        options?: CallOptions,
    ): Promise<LegacyIntegration> {
        if (!isId(first)) return super.getIntegration(first, second as never, options) as never;
        warn(
            'getIntegration',
            'getIntegration(id, includeCredentials)',
            "getIntegration({ uniqueKey }, { include: ['credentials'] })",
        );
        const { data } = await super.getIntegration(
            { uniqueKey: requireId(first, 'providerConfigKey', 'getIntegration') },
            second ? { include: ['credentials'] } : undefined,
            options,
        );
        return { config: toLegacyConfig(data), data };
    }

    /**
     * Older form.
     *
     * @deprecated use `createIntegration({ provider, unique_key, credentials })`
     */
    override createIntegration<K extends string>(
        provider: K,
        providerConfigKey: Compared<K, string, CallOptions | undefined>,
        credentials?: LegacyCredentials,
        options?: CallOptions,
    ): Promise<Compared<K, LegacyIntegration, { data: Integration }>>;
    /** Creates an integration. */
    override createIntegration(body: IntegrationInput, options?: CallOptions): Promise<{ data: Integration }>;
    override async createIntegration(
        first: IntegrationInput | string,
        second?: CallOptions | string,
        credentials?: LegacyCredentials,
        options?: CallOptions,
    ): Promise<LegacyIntegration> {
        if (!isId(first)) return super.createIntegration(first, second as CallOptions | undefined) as never;
        warn(
            'createIntegration',
            'createIntegration(provider, id, credentials)',
            'createIntegration({ provider, unique_key, credentials })',
        );
        const provider = requireId(first, 'provider', 'createIntegration');
        const unique_key = requireId(second, 'providerConfigKey', 'createIntegration');
        const body: IntegrationInput = { provider, unique_key };
        if (credentials)
            body.credentials = await credentialsOf(this, operations.providerToCreate, provider, credentials, options);
        const { data } = await hinted(super.createIntegration(body, options), credentials);
        return { config: toLegacyConfig(data), data };
    }

    /**
     * Older form.
     *
     * @deprecated use `updateIntegration({ uniqueKey }, { credentials })`
     */
    override updateIntegration<K extends string>(
        provider: K,
        providerConfigKey: Compared<K, string, IntegrationPatch>,
        credentials?: Compared<K, LegacyCredentials, CallOptions>,
        options?: CallOptions,
    ): Promise<Compared<K, LegacyIntegration, { data: Integration }>>;
    /** Changes an integration: what is left out stays as it is. */
    override updateIntegration(
        params: { uniqueKey: string },
        body: IntegrationPatch,
        options?: CallOptions,
    ): Promise<{ data: Integration }>;
    override async updateIntegration(
        first: { uniqueKey: string } | string,
        second: IntegrationPatch | string,
        third?: LegacyCredentials | CallOptions,
        options?: CallOptions,
    ): Promise<LegacyIntegration> {
        if (!isId(first))
            return super.updateIntegration(first, second as IntegrationPatch, third as CallOptions | undefined) as never;
        warn(
            'updateIntegration',
            'updateIntegration(provider, id, credentials)',
            'updateIntegration({ uniqueKey }, { credentials })',
        );
        const uniqueKey = requireId(second, 'providerConfigKey', 'updateIntegration');
        const current = await call<{ data: Integration }>(this, operations.currentIntegration, { path: { uniqueKey }, options });
        if (current.data.provider !== first) {
            throw inputError(
                'updateIntegration',
                'provider',
                `this integration's provider is ${JSON.stringify(current.data.provider)}, and an integration keeps its provider; create another one for ${JSON.stringify(first)}`,
            );
        }
        const body: IntegrationPatch = {};
        if (third)
            body.credentials = await credentialsOf(this, operations.providerToUpdate, first, third as LegacyCredentials, options);
        const { data } = await super.updateIntegration({ uniqueKey }, body, options);
        return { config: toLegacyConfig(data), data };
    }
}

/** A number takes the older form too. */
function isId(first: unknown): first is string {
    return typeof first === 'string' || typeof first === 'number';
}

function warn(topic: string, old: string, today: string): void {
    warnOnce(topic, `${old} is deprecated: use ${today}`);
}

/** The older forms named no type of credentials: it is the provider's. */
async function credentialsOf(
    client: object,
    operation: Operation,
    provider: string,
    credentials: LegacyCredentials,
    options: CallOptions | undefined,
): Promise<IntegrationCredentialsInput> {
    const { data } = await call<{ data: Provider }>(client, operation, { path: { provider }, options });
    return toCredentials(credentials, data.auth_mode, operation.name);
}

/** The server's answer to an OAuth integration without credentials does not know of the older form's third argument. */
async function hinted<T>(answer: Promise<T>, credentials: LegacyCredentials | undefined): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        if (!credentials && NangoApiError.isInstance(error) && error.status === 400 && error.code === 'invalid_body') {
            error.message +=
                '. If this provider uses OAuth, pass its app: createIntegration({ provider, unique_key, credentials: { type, client_id, client_secret } })';
        }
        throw error;
    }
}

import { text } from 'node:stream/consumers';
import type { ConnectionRow } from '../connections/connection-row.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import { OutboundPolicy } from '../outbound/outbound-policy.js';
import { OutboundNetworkError, sendRequest } from '../outbound/send-request.js';
import { injectCredentials, MissingApiUrlError } from '../providers/inject-credentials.js';
import type { World } from '../world.js';

/**
 * Calls the provider's verification endpoint with the connection's credentials, where the emulator may reach it; elsewhere every
 * credential is good. The result says why they were refused.
 */
export async function verifyCredentials(
    world: World,
    integration: IntegrationRow,
    connection: ConnectionRow,
): Promise<string | null> {
    const provider = world.providers.get(integration.provider);
    const verification = provider?.proxy?.verification;
    if (!provider || !verification?.endpoints?.length) return null;
    const policy = new OutboundPolicy(world.options.upstreams, world.options.startedBy);
    const method = (verification.method ?? 'GET').toUpperCase();
    const body = verification.data === undefined ? undefined : Buffer.from(JSON.stringify(verification.data));
    const fixed = Object.entries(verification.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
    for (const endpoint of verification.endpoints) {
        try {
            const { url, headers } = injectCredentials({
                provider,
                credentials: connection.credentials,
                connectionConfig: connection.connectionConfig,
                client: { id: integration.credentials?.client_id, secret: integration.credentials?.client_secret },
                method,
                endpoint,
                baseUrl: verification.base_url_override ?? integration.integrationConfig.baseUrl,
                headers: { ...(body && { 'content-type': 'application/json' }), ...Object.fromEntries(fixed) },
                body,
                now: new Date(world.clock.now()),
            });
            const target = new URL(url);
            if (!policy.reaches(target)) return null;
            const answer = await sendRequest({ method, url: target, headers, body, timeout: 20_000 }, policy);
            await text(answer.body);
            if (answer.status < 300) return null;
        } catch (error) {
            if (error instanceof MissingApiUrlError) return error.message;
            if (!(error instanceof OutboundNetworkError)) throw error;
        }
    }
    return 'The provider refused these credentials.';
}

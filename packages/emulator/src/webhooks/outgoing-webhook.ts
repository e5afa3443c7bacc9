import type { ConnectionRow } from '../connections/connection-row.js';
import type { Environment } from '../state/environment.js';

/** One webhook body as contract 17.2 lists its fields; the sender sorts the keys, signs and delivers it. */
export interface OutgoingWebhook {
    environment: Environment;
    /** Its `webhook_url_override` replaces the environment's addresses. */
    connection?: ConnectionRow | undefined;
    /** An override that is known before the connection is (failed authorisations of a session). */
    webhookUrlOverride?: string | null | undefined;
    body: Record<string, unknown> & { type: string };
    /** The provider's own headers, for `forward`; names in lower case. */
    headers?: Record<string, string> | undefined;
    /** Sent instead of `body`, as it is: a provider webhook that matched no connection (contract 17.2). */
    raw?: unknown;
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Environment } from './state/environment.js';
import type { ConnectionRow, IntegrationRow } from './state/rows.js';

/** One webhook body as wire contract 17.2 lists its fields; the sender sorts the keys, signs and delivers it. */
export interface OutgoingWebhook {
    environment: Environment;
    /** Its `webhook_url_override` replaces the environment's addresses. */
    connection?: ConnectionRow | undefined;
    /** An override that is known before the connection is (failed authorisations of a session). */
    webhookUrlOverride?: string | null | undefined;
    body: Record<string, unknown> & { type: string };
    /** The provider's own headers, for `forward`; names in lower case. */
    headers?: Record<string, string> | undefined;
    /** Sent instead of `body`, as it is: a provider webhook that matched no connection (wire contract 17.2). */
    raw?: unknown;
}

/** One delivery and its attempts, as the control surface lists them. Signatures and keys are not part of it. */
export interface WebhookDelivery {
    id: string;
    url: string;
    type: string;
    body: unknown;
    status: 'pending' | 'delivered' | 'failed' | 'skipped';
    attempts: { at: string; status: number | null; error?: string; ms: number }[];
    createdAt: string;
}

export interface WebhookPort {
    /** Queue a webhook; returns at once. Deliveries run on the emulator's clock and are tracked by it. */
    send(webhook: OutgoingWebhook): void;
    deliveries(): WebhookDelivery[];
    /** Send a delivery again; undefined when there is none of this id. */
    redeliver(id: string): WebhookDelivery | undefined;
    clear(): void;
}

/** How a refresh ended. `status` is the HTTP status of `GET /connections/:id` then (wire contract 8.2). */
export type RefreshResult = { ok: true } | { ok: false; status: number; code: string; message: string };

export interface CredentialPort {
    /**
     * Bring the connection's credentials up to date, in place: refresh when they expire within 15 minutes or `force` is set, obey the
     * 30 s back-off unless forced, count failures in `connection.refresh`, send the `auth` webhook of a failure.
     */
    refresh(
        environment: Environment,
        integration: IntegrationRow,
        connection: ConnectionRow,
        options: { force: boolean },
    ): Promise<RefreshResult>;
    /** Test imported credentials against the provider's verification endpoints; a message when they are refused. */
    verify(environment: Environment, integration: IntegrationRow, connection: ConnectionRow): Promise<string | null>;
}

/** How a connect session is finished without a browser. */
export interface FinishConnect {
    token: string;
    integrationId: string;
    /** What the form would have asked for (API key, user name and password, …). */
    credentials?: Record<string, unknown>;
    /** Fields of `connection_config`. */
    params?: Record<string, string>;
    /** OAuth: what the consent page would have answered. */
    approve?: boolean;
    deny?: boolean;
}

export interface ConnectPort {
    finish(request: FinishConnect): Promise<{ connectionId: string; providerConfigKey: string }>;
}

/** What other parts of the emulator bring; each starts as the plainest thing that works. */
export interface EmulatorPorts {
    webhooks: WebhookPort;
    credentials: CredentialPort;
    connect: ConnectPort;
    /** Takes a WebSocket handshake; returns false when the path is not its own. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
    /** End what outlives a request (WebSockets), so that the server can close. */
    close(): void;
}

/** Ports that send nothing, refresh nothing and connect nobody. */
export function quietPorts(): EmulatorPorts {
    return {
        webhooks: { send: () => undefined, deliveries: () => [], redeliver: () => undefined, clear: () => undefined },
        credentials: { refresh: async () => ({ ok: true }), verify: async () => null },
        connect: {
            finish: async () => {
                throw new Error('This emulator has no connect flow.');
            },
        },
        upgrade: () => false,
        close: () => undefined,
    };
}

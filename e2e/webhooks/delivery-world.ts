import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { inject } from 'vitest';
import { Ledger } from './ledger.js';

/** The packed emulator and the queue of a receiver: all that a receiver needs to know. */
export class DeliveryWorld {
    private constructor(
        // biome-ignore lint/suspicious/noExplicitAny: loaded from its tarball, whose types these tests don't see
        readonly emulator: any,
        private readonly environmentUuid: string,
        readonly ledger: Ledger,
    ) {}

    /** The clock stands still: the waits between tries are over when a test says so. */
    static async start(): Promise<DeliveryWorld> {
        const { startEmulator, defaultEnvironmentUuid } = createRequire(`${inject('emulatorProject')}/`)('@x/emulator');
        const emulator = await startEmulator({
            port: 0,
            frozenAt: '2026-11-22T10:00:00Z',
            seed: {
                // Of a provider whose webhooks Nango routes.
                integrations: [
                    { provider: 'unauthenticated', unique_key: 'crm' },
                    { provider: 'unauthenticated', unique_key: 'chat' },
                ],
            },
        });
        emulator.defineSync('crm', 'contacts', {
            model: 'Contact',
            autoStart: false,
            run: () => [{ id: '1', name: 'Ünï \u{1f600}' }, { id: '2' }],
        });
        return new DeliveryWorld(emulator, defaultEnvironmentUuid, await new Ledger().open());
    }

    /** The environment of a receiver. */
    get env(): Record<string, string> {
        return {
            NANGO_API_KEY: this.emulator.apiKey,
            NANGO_HOST: this.emulator.url,
            NANGO_WEBHOOK_SIGNING_KEY: this.emulator.webhookSigningKey,
            LEDGER_URL: this.ledger.url,
        };
    }

    /** Back to the beginning, with this receiver. */
    async deliverTo(url: string): Promise<void> {
        await this.emulator.control.reset();
        await this.emulator.control.settings({ webhook_url: url });
        Object.assign(this.ledger, { failures: 0, delay: 0, gate: Promise.resolve() });
        this.ledger.jobs.length = 0;
    }

    /** A call of the API; resolves when everything that it set off is delivered. */
    api(path: string, body: unknown): Promise<void> {
        return this.post(path, body, { authorization: `Bearer ${this.emulator.apiKey}` });
    }

    /** What anybody can send to the address for webhooks of a provider: nothing is checked there. */
    provider(integrationId: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
        return this.post(`/webhook/${this.environmentUuid}/${integrationId}`, body, headers);
    }

    private async post(path: string, body: unknown, headers: Record<string, string>): Promise<void> {
        const response = await fetch(this.emulator.url + path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify(body),
        });
        if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
        await this.emulator.control.settle();
    }

    connect(connectionId: string, userId: string): Promise<void> {
        return this.api('/connections', {
            provider_config_key: 'crm',
            connection_id: connectionId,
            credentials: { type: 'NONE' },
            tags: { end_user_id: userId },
        });
    }

    /** What each delivery was answered with, try by try. */
    async attempts(): Promise<(number | null)[][]> {
        const deliveries: { attempts: { status: number | null }[] }[] = await this.emulator.control.deliveries();
        return deliveries.map((delivery) => delivery.attempts.map(({ status }) => status));
    }

    /** A delivery made here, byte for byte, signed with another implementation than that of the packages. */
    async send(
        url: string,
        body: string,
        { key = this.emulator.webhookSigningKey as string, as = body } = {},
    ): Promise<Response> {
        const signature = createHmac('sha256', key).update(as).digest('hex');
        const headers = { 'content-type': 'application/json', 'x-nango-hmac-sha256': signature };
        return fetch(url, { method: 'POST', headers, body });
    }

    async close(): Promise<void> {
        await this.emulator.close();
        await this.ledger.close();
    }
}

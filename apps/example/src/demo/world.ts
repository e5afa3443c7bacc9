import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type RunningEmulator, startEmulator } from '@x/emulator';
import { Nango } from '@x/node';
import { confirmConnection, createWebhookHandler } from '@x/webhooks/fetch';
import { defineFunctions } from './functions.js';
import { providersYaml } from './providers-yaml.js';
import { Recorder } from './recorder.js';
import { standInProviders } from './stand-in.js';

/** Whose accounts are connected on the tour. */
export const ada = {
    id: 'ada',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    organization: { id: 'analytical', name: 'Analytical Engines' },
};

/** One webhook as it was received. */
export interface Delivery {
    readonly headers: Headers;
    readonly body: string;
    /** What it was answered with. */
    readonly status: number;
}

/** All that the demo starts, on free ports of the loopback interface. */
export interface World {
    readonly emulator: RunningEmulator;
    /** The tour's client: its calls are recorded. */
    readonly nango: Nango;
    readonly recorder: Recorder;
    /** The first delivery of this type, which may be still to come. */
    delivery(type: string): Promise<Delivery>;
    close(): Promise<void>;
}

/** Starts stand-ins for HubSpot and GitHub, the emulator, and a receiver of webhooks. */
export async function startWorld(): Promise<World> {
    const providers = await listen(standInProviders().fetch);
    const inbox = new Inbox();
    let receive = async (_request: Request) => new Response('starting', { status: 503 });
    const receiver = await listen((request) => inbox.pass(request, receive));
    const emulator = await startEmulator({
        port: 0,
        webhookUrl: `${receiver.url}/webhooks/nango`,
        providers: providersYaml(providers.url),
        upstreams: [providers.url],
        seed: { environment: { variables: { CRM_REGION: 'eu', FEATURE_FLAGS: 'contacts,issues' } } },
    });
    defineFunctions(emulator, providers.url);

    const { apiKey, webhookSigningKey } = emulator;
    const recorder = new Recorder();
    const nango = new Nango({ apiKey, webhookSigningKey, host: emulator.url, hooks: recorder.hooks });
    const silent = new Nango({ apiKey, host: emulator.url });
    receive = createWebhookHandler({
        signingKey: webhookSigningKey,
        confirm: confirmConnection(silent),
        onAuth: () => {},
        onSync: () => {},
    });

    return {
        emulator,
        nango,
        recorder,
        delivery: (type) => inbox.first(type),
        async close() {
            await Promise.all([receiver.close(), emulator.close(), providers.close()]);
        },
    };
}

/** Keeps what is delivered, for those who wait for it. */
class Inbox {
    readonly #deliveries: Delivery[] = [];
    #waiting: (() => void)[] = [];

    async pass(request: Request, next: (request: Request) => Response | Promise<Response>): Promise<Response> {
        const body = await request.clone().text();
        const response = await next(request);
        this.#deliveries.push({ headers: request.headers, body, status: response.status });
        for (const wake of this.#waiting.splice(0)) wake();
        return response;
    }

    async first(type: string): Promise<Delivery> {
        for (;;) {
            const found = this.#deliveries.find(({ body }) => (JSON.parse(body) as { type?: string }).type === type);
            if (found) return found;
            await new Promise<void>((wake) => this.#waiting.push(wake));
        }
    }
}

interface Listening {
    readonly url: string;
    close(): Promise<void>;
}

async function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<Listening> {
    return new Promise((resolve) => {
        // Node's 5 s would end connections that others are about to use, on a busy machine.
        const serverOptions = { keepAliveTimeout: 65_000 };
        const server = serve({ fetch, port: 0, hostname: '127.0.0.1', serverOptions }, ({ port }: AddressInfo) => {
            resolve({
                url: `http://127.0.0.1:${port}`,
                close: () =>
                    new Promise((closed) => {
                        server.close(() => closed());
                        if ('closeAllConnections' in server) server.closeAllConnections();
                    }),
            });
        });
    });
}

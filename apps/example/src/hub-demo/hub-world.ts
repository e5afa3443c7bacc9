import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { RunningEmulator } from '@x/emulator';
import { Nango } from '@x/node';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../server/config.js';
import { createLog } from '../server/log.js';
import { type Hub, startHub } from '../server/start-hub.js';
import { startHubEmulator } from './hub-emulator.js';
import { People } from './people.js';
import { standIns } from './stand-ins.js';

/** How the world differs from the demo's. */
export interface HubWorldOptions {
    readonly config?: Partial<Config>;
    readonly log?: Logger;
    /** Folder of the built page. */
    readonly page?: string;
    /** People at HubSpot and at Folk. @default [240, 60] */
    readonly people?: readonly [number, number];
    /** Connections that are there from the start, by the user's id. @default Ada's HubSpot */
    readonly connected?: readonly string[];
}

/** The app against an emulator, with two providers that stand in for HubSpot and Folk. */
export interface HubWorld {
    readonly hub: Hub;
    readonly emulator: RunningEmulator;
    /** Somebody else with the API key: what is done at Nango's dashboard, or at a provider. */
    readonly nango: Nango;
    readonly hubspot: People;
    readonly folk: People;
    /** Has Nango look at the providers: what has changed arrives at the app by webhook. */
    syncNow(): Promise<void>;
    /** The provider takes back what a connection of an integration was allowed, and Nango notices. */
    revoke(integrationId: string): Promise<void>;
    /** Somebody deletes the connections of an integration at Nango. */
    deleteAtNango(integrationId: string): Promise<void>;
    close(): Promise<void>;
}

/** Starts stand-ins, emulator and app on free ports of the loopback interface. */
export async function startHubWorld(options: HubWorldOptions = {}): Promise<HubWorld> {
    const { people = [240, 60], connected = ['ada'] } = options;
    const [hubspot, folk] = [new People(people[0], 'hubspot.example', 101), new People(people[1], 'folk.example', 5001)];
    const { url: providers, close: closeProviders } = await listen(standIns(hubspot, folk).fetch);
    const emulator = await startHubEmulator(providers);
    const { apiKey, webhookSigningKey } = emulator;
    const nango = new Nango({ apiKey, host: emulator.url });
    for (const userId of connected) await connectBefore(emulator, nango, userId);

    const config = readConfig({ NANGO_API_KEY: apiKey, NANGO_WEBHOOK_SIGNING_KEY: webhookSigningKey, NANGO_HOST: emulator.url });
    const hub = await startHub(
        { ...config, port: 0, databaseDir: 'memory://', ...options.config },
        options.log ?? createLog('silent'),
        options.page,
    );
    await emulator.control.settings({ webhook_url: `${hub.url}/webhooks/nango` });

    const connectionsOf = async (integrationId?: string) =>
        (await nango.listConnections(integrationId ? { integrationId } : {})).connections.map((connection) => ({
            providerConfigKey: connection.provider_config_key,
            connectionId: connection.connection_id,
        }));
    return {
        hub,
        emulator,
        nango,
        hubspot,
        folk,
        async syncNow() {
            for (const { providerConfigKey, connectionId } of await connectionsOf())
                await nango.triggerSync(providerConfigKey, ['contacts'], connectionId);
        },
        async revoke(integrationId) {
            for (const connection of await connectionsOf(integrationId)) {
                await emulator.control.failRefresh(connection);
                await nango.getConnection(integrationId, connection.connectionId, true).catch(() => {});
            }
        },
        async deleteAtNango(integrationId) {
            for (const { connectionId } of await connectionsOf(integrationId))
                await nango.deleteConnection(integrationId, connectionId);
        },
        async close() {
            await hub.close();
            await emulator.close();
            closeProviders();
        },
    };
}

/** A user of Analytical Engines who connected HubSpot earlier: the app finds it when it starts. */
async function connectBefore(emulator: RunningEmulator, nango: Nango, userId: string): Promise<void> {
    const { data } = await nango.createConnectSession({
        end_user: { id: userId, email: `${userId}@analytical.example` },
        organization: { id: 'analytical', display_name: 'Analytical Engines' },
        allowed_integrations: ['hubspot'],
    });
    await emulator.control.connect({ token: data.token, integrationId: 'hubspot', approve: true });
}

function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<{ url: string; close(): void }> {
    return new Promise((resolve) => {
        // Node's 5 s would end connections that others are about to use, on a busy machine.
        const serverOptions = { keepAliveTimeout: 65_000 };
        const server = serve({ fetch, port: 0, hostname: '127.0.0.1', serverOptions }, ({ port }: AddressInfo) => {
            const close = () => {
                server.close();
                if ('closeAllConnections' in server) server.closeAllConnections();
            };
            resolve({ url: `http://127.0.0.1:${port}`, close });
        });
    });
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect } from 'vitest';
import { settle } from '../../../core/test/support/eventually.js';
import { fakeClock } from '../../../core/test/support/fake-clock.js';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../../src/index.js';

export interface Seen {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
    body: Buffer;
}

/** The code of an error. */
export const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

/** For each test a provider, and an emulator that may reach it, with the integration `bearer` and its connection `c1`. */
export function proxyScene(options: EmulatorOptions = {}) {
    const scene = {
        emulator: undefined as unknown as RunningEmulator,
        /** Where the provider is. */
        upstream: '',
        /** What the provider was asked. */
        seen: [] as Seen[],
        /** What it answers; `{}` unless a test says otherwise. */
        answer: (_: IncomingMessage, response: ServerResponse, __: Buffer): unknown => response.end('{}'),
        /** What to end after the test. */
        stops: [] as (() => unknown)[],
        api,
        integration,
        proxy,
        arrivals,
    };

    beforeEach(async () => {
        scene.seen = [];
        scene.answer = (_, response) => response.end('{}');
        const server = createServer(async (request, response) => {
            const body = await buffer(request);
            scene.seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
            scene.answer(request, response, body);
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        scene.stops.push(() => server.close().closeAllConnections());
        scene.upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        scene.emulator = await startEmulator({ port: 0, upstreams: [scene.upstream], ...options });
        const { emulator } = scene;
        scene.stops.push(() => emulator.close());
        if (!options.providers) await integration('bearer', 'private-api-bearer', { type: 'API_KEY', apiKey: 'the-key' });
    });

    afterEach(async () => {
        for (const stop of scene.stops.splice(0).reverse()) await stop();
    });

    return scene;

    function api(path: string, body: unknown): Promise<Response> {
        return fetch(scene.emulator.url + path, {
            method: 'POST',
            headers: { authorization: `Bearer ${scene.emulator.apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify(body),
        });
    }

    /** An integration with one connection, `c1`; `more` is the integration's own. */
    async function integration(unique_key: string, provider: string, credentials: Record<string, unknown>, more: object = {}) {
        expect((await api('/integrations', { provider, unique_key, ...more })).status).toBe(200);
        const imported = await api('/connections', { provider_config_key: unique_key, connection_id: 'c1', credentials });
        expect(imported.status).toBe(201);
    }

    function proxy(
        path: string,
        init: RequestInit = {},
        headers: Record<string, string> = {},
        key = 'bearer',
    ): Promise<Response> {
        return fetch(`${scene.emulator.url}/proxy${path}`, {
            ...init,
            headers: {
                authorization: `Bearer ${scene.emulator.apiKey}`,
                'provider-config-key': key,
                'connection-id': 'c1',
                'base-url-override': scene.upstream,
                ...headers,
            },
        });
    }

    /** Moves the clock on in small steps until so many requests have come; returns when each came, in ms of that clock. */
    async function arrivals(count: number): Promise<number[]> {
        const { clock } = scene.emulator.context;
        const at: number[] = [];
        // The machine's time would end the waits, too.
        const machine = fakeClock();
        for (;;) {
            while (at.length < scene.seen.length) at.push(clock.now());
            if (at.length >= count) {
                machine.stop();
                return at;
            }
            await settle();
            if (scene.seen.length > 0) await clock.advance(200);
        }
    }
}

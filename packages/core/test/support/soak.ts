import { getEventListeners } from 'node:events';
import { createReadStream, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Client, callForResponse } from '@x/core';
import { oneShotBody } from '@x/core/internal';
import { proxy, read, upload } from './operations.js';

/** What a process holds. */
interface Held {
    descriptors: number;
    timers: number;
    listeners: number;
    /** Bytes, after a collection. */
    heap: number;
}

export interface Soak {
    before: Held;
    after: Held;
    outcomes: Record<string, number>;
    unhandled: string[];
}

/**
 * Makes so many calls of every kind over both transports, good and bad ones, and reports what the process held before and after. A script of its
 * own, with --expose-gc: `<calls>`.
 */
async function soak(calls: number): Promise<Soak> {
    const unhandled: string[] = [];
    for (const event of ['uncaughtException', 'unhandledRejection', 'warning'] as const)
        process.on(event, (error: unknown) => {
            // What the client reports to its operator is no leak.
            if ((error as Error)?.name !== 'NangoWarning')
                unhandled.push(`${event}: ${String((error as Error)?.stack ?? error)}`);
        });
    const folder = mkdtempSync(join(tmpdir(), 'soak-'));
    const file = join(folder, 'upload');
    writeFileSync(file, Buffer.alloc(50_000, 'x'));
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = {
        apiKey: 'soak-key-soak-key',
        host,
        retry: { limit: 1, baseDelay: 0, outage: 0 },
        rateLimit: false,
    } as const;
    const clients = [new Client(options), new Client({ ...options, fetch: globalThis.fetch })];
    const { signal } = new AbortController();
    const outcomes: Record<string, number> = {};

    const kinds = Object.entries(makeKinds(file, signal));
    const one = async (index: number) => {
        const [name, make] = kinds[Math.floor(index / 2) % kinds.length] as (typeof kinds)[number];
        const outcome = await make(clients[index % 2] as Client).then(
            () => 'resolved',
            (error: Error) => error.name,
        );
        const key = `${name} over ${index % 2 ? 'fetch' : 'node:http'}: ${outcome}`;
        outcomes[key] = (outcomes[key] ?? 0) + 1;
    };
    const run = async (from: number, to: number) => {
        let next = from;
        const lane = async () => {
            while (next < to) await one(next++);
        };
        await Promise.all(Array.from({ length: 20 }, lane));
    };
    const held = async (): Promise<Held> => {
        // Connections that idle are no leak: the server ends them all, and both ends close some turns later. One that stays is counted below.
        for (let turns = 0; turns < 20_000 && openByCalls(folder) > 0; turns++) {
            server.closeAllConnections();
            await turn();
        }
        for (let i = 0; i < 200; i++) {
            await turn();
            if (i % 20 === 0) globalThis.gc?.();
        }
        return {
            descriptors: readdirSync('/proc/self/fd').length,
            timers: process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length,
            listeners: getEventListeners(signal, 'abort').length,
            heap: process.memoryUsage().heapUsed,
        };
    };

    // Caches, compiled code and the like are there after the first of every kind, a few times over.
    const warm = Math.min(calls, kinds.length * 40);
    await run(0, warm);
    const before = await held();
    await run(warm, warm + calls);
    const after = await held();
    server.close();
    rmSync(folder, { recursive: true });
    return { before, after, outcomes, unhandled };
}

/** Descriptors of connections, beside the one that listens, and of files that are sent. */
function openByCalls(folder: string): number {
    const targets = readdirSync('/proc/self/fd').map((descriptor) => {
        try {
            return readlinkSync(`/proc/self/fd/${descriptor}`);
        } catch {
            return ''; // closed since it was listed
        }
    });
    return targets.filter((target) => target.startsWith('socket:') || target.startsWith(folder)).length - 1;
}

function makeKinds(file: string, signal: AbortSignal): Record<string, (client: Client) => Promise<unknown>> {
    const shared = { signal };
    const get =
        (path: string, options: object = {}) =>
        (client: Client) =>
            callForResponse(client, proxy, { target: `/proxy/${path}`, options: { ...shared, ...options } });
    const send =
        (path: string, body: () => Readable | ReadableStream<Uint8Array>, options: object = {}) =>
        (client: Client) =>
            callForResponse(client, upload, {
                target: `/proxy/${path}`,
                source: oneShotBody(body(), 'proxy'),
                options: { ...shared, ...options },
            });
    const stream = async (client: Client) =>
        (await callForResponse(client, proxy, { target: '/proxy/gzip', responseType: 'stream', options: shared }))
            .data as AsyncIterable<Uint8Array>;
    return {
        json: (client) => callForResponse(client, read, { path: { connectionId: 'c' }, options: shared }),
        gzip: get('gzip'),
        'not found': get('404'),
        unavailable: (client) => callForResponse(client, read, { path: { connectionId: '503' }, options: shared }),
        'breaks off': get('broken'),
        'error that breaks off': get('broken-error'),
        reset: get('reset'),
        'stream read': async (client) => {
            for await (const _chunk of await stream(client));
        },
        'stream left': async (client) => {
            for await (const _chunk of await stream(client)) break;
        },
        'file sent': send('sink', () => createReadStream(file)),
        'web stream sent': send('sink', () => new Blob(['x'.repeat(50_000)]).stream() as ReadableStream<Uint8Array>),
        'no such file': send('sink', () => createReadStream(`${file}-not-there`)),
        'answered early': send('early', () => {
            const endless = new PassThrough();
            endless.write('a piece');
            return endless;
        }),
        'objects sent': send('sink', () => Readable.from([{ a: 1 }])),
        'wrong option': send('sink', () => createReadStream(file), { timeout: -1 }),
        'time limit': get('silent', { timeout: 5 }),
        'abort in the tick': (client) => {
            const controller = new AbortController();
            const call = send('sink', () => createReadStream(file), { signal: controller.signal })(client);
            controller.abort();
            return call;
        },
        'abort under way': (client) => {
            const controller = new AbortController();
            setImmediate(() => controller.abort());
            return get('silent', { signal: controller.signal })(client);
        },
    };
}

const zipped = gzipSync(JSON.stringify({ rows: Array.from({ length: 500 }, (_, id) => ({ id, name: `row ${id}` })) }));

function answer(request: IncomingMessage, response: ServerResponse): void {
    const kind = (request.url ?? '').split('/').at(-1) ?? '';
    if (kind === 'early') return void response.writeHead(413).end('{"error":"too big"}');
    request.resume();
    request.on('error', () => undefined);
    if (kind === 'silent') return;
    if (kind === 'reset') return void request.socket.resetAndDestroy();
    const status = Number(kind) || 200;
    if (kind.startsWith('broken')) {
        response.writeHead(kind === 'broken' ? 200 : 429, { 'content-length': 1_000, 'retry-after': '0' });
        return void response.write('{"a":', () => response.destroy());
    }
    request.on('end', () => {
        if (kind === 'gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped);
        else response.writeHead(status, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
}

console.log(JSON.stringify(await soak(Number(process.argv[2]))));
process.exit(0);

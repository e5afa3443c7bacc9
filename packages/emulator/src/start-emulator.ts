import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { getRequestListener } from '@hono/node-server';
import { asHost, hostName } from './base/origins.js';
import { type BuiltEmulator, buildEmulator, type Emulator } from './emulator.js';
import { checkStartOptions, type StartOptions } from './emulator-options.js';
import { sendWhole } from './http/whole-response.js';

/** An emulator that listens. */
export interface RunningEmulator extends Emulator {
    /** `http://127.0.0.1:<port>`. */
    readonly url: string;
    readonly port: number;
    /** Stop listening and drop all connections. */
    close(): Promise<void>;
}

// The machine's: tests may fake theirs.
const { setImmediate } = globalThis;

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/**
 * Start an emulator on loopback.
 * @throws TypeError when an option is unknown or wrong, e.g. `host` is not a loopback address
 * @throws SeedError when the seed is wrong
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
    const checked = checkStartOptions(options);
    return listen(buildEmulator(checked), checked);
}

/** The same for the command: advice is in its words. */
export async function startedByCommand(options: StartOptions): Promise<RunningEmulator> {
    const checked = checkStartOptions(options);
    return listen(buildEmulator(checked, 'command'), checked);
}

/** Let an emulator listen; `url` becomes its address. @throws as {@link startEmulator} */
export async function listen({ emulator, answer }: BuiltEmulator, options: StartOptions): Promise<RunningEmulator> {
    const { port = 3003, host = '127.0.0.1', allowedHosts = [] } = options;
    if (!loopback.has(host)) throw new TypeError('host must be a loopback address: 127.0.0.1, localhost or ::1.');
    const names = new Set([...loopback, ...allowedHosts.map(asHost)]);
    // Loaded behind the start: it takes all of fetch with it, which is much to load before the first line is out.
    let listener: Promise<ReturnType<typeof getRequestListener>> | undefined;
    const listening = () => {
        listener ??= import('@hono/node-server').then(({ getRequestListener }) =>
            getRequestListener(
                async (request, given) => {
                    const env = given as { incoming: IncomingMessage; outgoing: ServerResponse };
                    return sendWhole(await answer(request, env), env.outgoing);
                },
                // The process belongs to whoever starts the emulator, a test runner for one: its globals stay as they are.
                { overrideGlobalObjects: false },
            ),
        );
        return listener;
    };
    const server = createServer((request, response) => {
        if (!isKnownHost(request.headers.host, names)) return refuseHost(request, response);
        void listening().then((handle) => handle(request, response));
    });
    // Longer than clients keep an idle connection (contract 1).
    server.keepAliveTimeout = 61_000;
    server.on('upgrade', (request, socket, head) => {
        if (isKnownHost(request.headers.host, names) && emulator.context.sockets.upgrade(request, socket, head)) return;
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    });
    // Also those that an upgrade took from the server, and those of clients that never end what they began.
    const open = new Set<Socket>();
    server.on('connection', (socket) => {
        open.add(socket);
        socket.once('close', () => open.delete(socket));
    });
    const bind = (on: number) =>
        new Promise<void>((resolve, reject) => {
            server.once('error', reject);
            server.listen(on, host.replace(/[[\]]/g, ''), () => {
                server.off('error', reject);
                resolve();
            });
        });
    await bind(port);
    void listening();
    const address = server.address() as AddressInfo;
    const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${address.port}`;
    emulator.context.origin = options.origin ?? url;
    let gone: Promise<unknown> = Promise.resolve();
    let downs = 0;
    emulator.context.outage.attach({
        down() {
            server.close();
            emulator.context.sockets.close();
            downs++;
            gone = Promise.all([...open].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
            for (const socket of open) socket.destroy();
        },
        async up() {
            // Clients hear of their broken connections first: a call that comes after is not sent over one.
            const mine = downs;
            await gone;
            await new Promise((resolve) => setImmediate(resolve));
            if (mine !== downs) return;
            await bind(address.port).catch((error) => options.log?.(`could not come back: ${error.message}`));
        },
    });
    return Object.assign(emulator, {
        url,
        port: address.port,
        close: () =>
            new Promise<void>((resolve) => {
                downs++;
                emulator.context.outage.stop();
                emulator.context.waits.close();
                // Timers would go on after the server has gone.
                emulator.context.clock.reset(emulator.context.clock.save());
                server.close(() => resolve());
                emulator.context.sockets.close();
                for (const socket of open) socket.destroy();
            }),
    });
}

/** A page elsewhere that makes its own name point at this machine sends that name: it is refused. */
function isKnownHost(header: string | undefined, names: ReadonlySet<string>): boolean {
    if (header === undefined) return false;
    return names.has(hostName(header));
}

function refuseHost(request: IncomingMessage, response: ServerResponse): void {
    const name = JSON.stringify((request.headers.host ?? '').slice(0, 200).replace(/:\d+$/, ''));
    const message = `The emulator does not answer to the Host ${name}. If it is yours, name it: --allow-host <name> (allowedHosts).`;
    response.writeHead(403, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' });
    response.end(JSON.stringify({ error: { code: 'forbidden', message } }));
}

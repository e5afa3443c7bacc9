import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('./workers/idle-worker.mjs', import.meta.url));

interface IdleServer {
    readonly server: Server;
    requests: number;
    connections: number;
}

/** Closes idle connections as Nango's load balancer does, and says so (`Keep-Alive: timeout=`). */
function polite(keepAliveTimeout: number): IdleServer {
    const server = createServer((request, response) => {
        request.resume();
        idle.requests += 1;
        response.end('{}');
    });
    server.keepAliveTimeout = keepAliveTimeout;
    server.on('connection', () => {
        idle.connections += 1;
    });
    const idle: IdleServer = { server, requests: 0, connections: 0 };
    return idle;
}

/** Closes idle connections without a word. */
function silent(after: number): IdleServer {
    const server = createRawServer((socket) => {
        idle.connections += 1;
        socket.on('error', () => undefined);
        socket.on('data', () => {
            idle.requests += 1;
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
            setTimeout(() => socket.end(), after);
        });
    });
    const idle: IdleServer = { server, requests: 0, connections: 0 };
    return idle;
}

async function actTwice(idle: IdleServer, between: (worker: ChildProcess) => Promise<void>) {
    await new Promise<void>((resolve) => idle.server.listen(0, '127.0.0.1', resolve));
    const { port } = idle.server.address() as AddressInfo;
    const worker = fork(script, { env: { ...process.env, IDLE_WORKER: `http://127.0.0.1:${port}` } });
    const message = (name: string) =>
        new Promise<string>((resolve) =>
            worker.on('message', (said: Record<string, string>) => name in said && resolve(said[name] as string)),
        );
    const second = message('second');
    expect(await message('first')).toBe('ok');
    await between(worker);
    worker.send('again');
    const outcome = await second;
    idle.server.close();
    return { outcome, requests: idle.requests, connections: idle.connections };
}

const leave = (ms: number) => () => sleep(ms);
const freeze = (ms: number) => async (worker: ChildProcess) => {
    worker.kill('SIGSTOP');
    await sleep(ms);
    worker.kill('SIGCONT');
};

describe.runIf(process.env.HEAVY)(
    'an action on a connection that the server has closed meanwhile succeeds, and is sent once',
    () => {
        test.concurrent.each([
            ['left idle for 70 s, closed at 61 s', () => polite(61_000), leave(70_000)],
            ['frozen for 70 s, closed at 61 s', () => polite(61_000), freeze(70_000)],
            ['frozen for 66 s, closed at 61 s without a word', () => silent(61_000), freeze(66_000)],
            ['frozen for 5 s, closed at 3 s', () => polite(3_000), freeze(5_000)],
            ['frozen for 5 s, closed at 2 s without a word', () => silent(2_000), freeze(5_000)],
        ])('%s', { timeout: 120_000 }, async (_name, server, between) => {
            expect(await actTwice(server(), between)).toEqual({ outcome: 'ok', requests: 2, connections: 2 });
        });

        test('calls some seconds apart use one connection', { timeout: 30_000 }, async () => {
            expect(await actTwice(polite(61_000), leave(4_000))).toEqual({ outcome: 'ok', requests: 2, connections: 1 });
        });
    },
);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, inject, test } from 'vitest';

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends the command though a websocket, an event stream and a half-sent body are open',
    async (signal) => {
        child = spawn(process.execPath, [`${inject('emulatorProject')}/node_modules/@x/emulator/dist/cli.js`, '--port', '0'], {
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        const [first] = await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line');
        const { port, host } = new URL(JSON.parse(first).url);
        const open = (head: string) => {
            const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
            socket.write(head.replace('\r\n', `\r\nHost: ${host}\r\n`));
            return socket;
        };
        const upgrade =
            'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
        const sockets = [`GET / HTTP/1.1\r\n${upgrade}\r\n`, 'GET /_emulator/events HTTP/1.1\r\n\r\n'].map(open);
        await Promise.all(sockets.map((socket) => once(socket, 'data')));
        sockets.push(open('POST /connections HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"half'));
        const exited = once(child, 'exit');
        child.kill(signal);
        expect(await exited).toEqual([0, null]);
        for (const socket of sockets) socket.destroy();
    },
);

test('whoever has read its first line may close the pipe: the command goes on', async () => {
    child = spawn(process.execPath, [`${inject('emulatorProject')}/node_modules/@x/emulator/dist/cli.js`, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [first] = await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line');
    child.stdout?.destroy();
    const { url, apiKey } = JSON.parse(first);
    // Each writes a line.
    for (let i = 0; i < 3; i++) {
        const answer = await fetch(`${url}/connections`, { headers: { authorization: `Bearer ${apiKey}` } });
        expect(answer.status).toBe(200);
    }
    expect(child.exitCode).toBeNull();
});

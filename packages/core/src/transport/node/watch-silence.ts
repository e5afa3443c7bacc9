import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

/** Taken when the module is loaded: fake timers of a test would hold it, and the connection with it. */
const nextTurn = setImmediate;

/**
 * Ends a streamed body with an error when the server sends nothing for `limit` ms. The silence of a reader that takes its
 * time is not the server's: while bytes wait to be read, nothing ends.
 */
export function watchSilence(incoming: IncomingMessage, body: Readable, limit: number, timedOut: () => unknown): void {
    const { socket } = incoming;
    const check = () => {
        if (incoming.complete) return;
        // Not `isPaused()`: that is also true while an async iterator waits for more.
        const unread = incoming.readableLength + body.readableLength + ((body as Partial<Duplex>).writableLength ?? 0);
        if (unread > 0) return void socket.setTimeout(limit);
        // A process that was stopped or busy for so long hears of the time before it hears of bytes that came meanwhile.
        const { bytesRead } = socket;
        nextTurn(() => {
            if (incoming.complete || body.destroyed) return;
            if (socket.bytesRead > bytesRead) socket.setTimeout(limit);
            else body.destroy(timedOut() as Error);
        });
    };
    socket.setTimeout(limit);
    socket.on('timeout', check);
    // The socket goes back to the pool as soon as the last byte is there, which a decompressor may hold for long: from then on the socket's
    // limit is another stream's.
    const leave = () => {
        if (left) return;
        left = true;
        socket.off('timeout', check);
        socket.setTimeout(0);
    };
    let left = false;
    incoming.once('end', leave);
    incoming.once('close', leave);
    body.once('close', leave);
}

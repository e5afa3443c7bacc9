import type http from 'node:http';
import type { Duplex } from 'node:stream';

/** Shorter than any server keeps a connection: none is used at the moment when the other side gives it up. */
const idleMs = 500;

/**
 * Connections that are used again, as the server's are. Whoever closes an upstream finds none of them in its way: an idle one holds no
 * process up, is gone at once when the other side ends it, and by itself after half a second.
 *
 * @param Agent `http.Agent` or `https.Agent`
 */
export function connectionPool(Agent: typeof http.Agent): http.Agent {
    const known = new WeakSet<Duplex>();
    const idle = new WeakSet<Duplex>();
    const pool = new Agent({ keepAlive: true, timeout: idleMs }) as http.Agent & {
        keepSocketAlive(socket: Duplex): boolean;
        reuseSocket(socket: Duplex, request: http.ClientRequest): void;
    };
    const [keep, reuse] = [pool.keepSocketAlive, pool.reuseSocket];
    pool.keepSocketAlive = (socket) => {
        if (!keep.call(pool, socket)) return false;
        idle.add(socket);
        if (known.has(socket)) return true;
        known.add(socket);
        // Node would wait until its own side has ended too, and give the socket away meanwhile.
        socket.once('end', () => idle.has(socket) && socket.destroy());
        return true;
    };
    pool.reuseSocket = (socket, request) => {
        idle.delete(socket);
        reuse.call(pool, socket, request);
    };
    return pool;
}

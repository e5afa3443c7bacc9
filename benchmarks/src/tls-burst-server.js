// The API's side of the burst: TLS with HTTP/1.1 and HTTP/2, as far away as DELAY says (ms, one way). Counts what clients ask of it.
import { createSecureServer } from 'node:http2';
import { connect, createServer } from 'node:net';

const delay = Number(process.env.DELAY);
const body = JSON.stringify({
    connection_id: 'c1',
    provider_config_key: 'github',
    credentials: { access_token: 't'.repeat(800) },
});
const counts = { connections: 0, full: 0, resumed: 0, requests: 0 };

const options = { key: process.env.TLS_KEY, cert: process.env.TLS_CERT, allowHTTP1: true };
const api = createSecureServer(options, (_request, response) => {
    counts.requests += 1;
    response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-ratelimit-limit': '1000000',
        'x-ratelimit-remaining': '999999',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 50),
    });
    response.end(body);
});
api.keepAliveTimeout = 61_000;
api.on('secureConnection', (socket) => {
    counts[socket.isSessionReused() ? 'resumed' : 'full'] += 1;
    socket.on('error', () => undefined);
});

/** Passes on what comes, later. */
function carry(from, to, first = 0) {
    let extra = first;
    from.on('data', (chunk) => {
        setTimeout(() => to.write(chunk), delay + extra);
        // What comes next must not overtake it.
        if (extra > 0) setTimeout(() => (extra = 0), delay);
    });
    from.on('end', () => setTimeout(() => to.end(), delay + extra));
    from.on('error', () => to.destroy());
}

// Loopback connects at once: the round trip of TCP's own handshake is added to the first bytes.
const distance = createServer((near) => {
    counts.connections += 1;
    const far = connect(api.address().port, '127.0.0.1');
    near.setNoDelay(true);
    far.setNoDelay(true);
    carry(near, far, 2 * delay);
    carry(far, near);
});

api.listen(0, '127.0.0.1', () => {
    distance.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () => process.send({ port: distance.address().port }));
});
process.on('message', () => process.send(counts));
process.on('disconnect', () => process.exit());

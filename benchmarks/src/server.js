// The API's side of every job: prepared answers, so that what is measured is the client.
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { gzipSync } from 'node:zlib';

const connection = JSON.stringify({
    id: 1,
    connection_id: 'c1',
    provider_config_key: 'github',
    provider: 'github',
    errors: [],
    end_user: null,
    tags: {},
    metadata: { team: 'a'.repeat(300) },
    connection_config: {},
    created_at: '2026-11-22T10:00:00.000+00:00',
    updated_at: '2026-11-22T10:00:00.000+00:00',
    last_fetched_at: '2026-11-22T10:00:00.000+00:00',
    credentials: {
        type: 'OAUTH2',
        access_token: 't'.repeat(200),
        expires_at: '2026-11-22T11:00:00.000Z',
        raw: { scope: 's'.repeat(150) },
    },
});

function page(size, cursor) {
    const records = Array.from({ length: size }, (_, i) => ({
        id: `r${i}`,
        name: 'Jane Doe',
        email: `jane.doe+${i}@example.com`,
        notes: 'n'.repeat(600),
        _nango_metadata: {
            first_seen_at: '2026-11-22T10:00:00.000000+00:00',
            last_modified_at: '2026-11-22T10:00:00.000000+00:00',
            last_action: 'ADDED',
            deleted_at: null,
            pruned_at: null,
            cursor: `cursor-${i}`,
        },
    }));
    return JSON.stringify({ records, next_cursor: cursor });
}

const pages = new Map();
function recordsAnswer(url) {
    const query = new URL(url, 'http://h').searchParams;
    const size = Number(query.get('limit') ?? 100);
    const last = Number(query.get('model')?.slice(1) ?? 1);
    const number = Number(query.get('cursor') ?? 0) + 1;
    // The cursor is the only part that changes: one prepared page, cut open at its end.
    let start = pages.get(size);
    if (!start) {
        start = page(size, null).replace(/null}$/, '');
        pages.set(size, start);
    }
    return `${start}${number >= last ? 'null' : `"${number}"`}}`;
}

const json = {
    'content-type': 'application/json; charset=utf-8',
    // Behind a load balancer nothing shows the client how long a connection is kept; Node's own server would.
    ...(process.env.TLS_KEY ? { connection: 'keep-alive' } : {}),
};
function limits() {
    return {
        ...json,
        'x-ratelimit-limit': '1000000000',
        'x-ratelimit-remaining': '999999999',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 60),
    };
}
const zipped = new Map();

function answer(request, response) {
    const { url } = request;
    const body = url.startsWith('/records') ? recordsAnswer(url) : connection;
    const headers = limits();
    if (process.env.GZIP && /gzip/.test(request.headers['accept-encoding'] ?? '')) {
        let small = zipped.get(body);
        if (!small) {
            small = gzipSync(body);
            zipped.set(body, small);
        }
        response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': small.length });
        response.end(small);
        return;
    }
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
}

function listener(request, response) {
    if (request.method === 'GET') return answer(request, response);
    request.resume();
    request.on('end', () => answer(request, response));
}

let handshakes = 0;
const server = process.env.TLS_KEY
    ? createTlsServer({ key: process.env.TLS_KEY, cert: process.env.TLS_CERT }, listener).on(
          'secureConnection',
          () => handshakes++,
      )
    : createServer(listener);
// As the API behaves: an idle connection is closed after about a minute (contract 1).
server.keepAliveTimeout = 61_000;
// As many may wait to be accepted as Linux allows.
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ handshakes }));
process.on('disconnect', () => process.exit());

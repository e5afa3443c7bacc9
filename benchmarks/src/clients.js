// One client a name; each offers the same calls. Nothing is imported before it is asked for.
const key = '00000000-0000-4000-8000-000000000000';
const headers = {
    authorization: `Bearer ${key}`,
    accept: 'application/json',
    'connection-id': 'c1',
    'provider-config-key': 'github',
};
const issue = { title: 'A bug', body: 'b'.repeat(800), labels: ['bug'] };
const proxyConfig = { endpoint: '/repos/a/b/issues', providerConfigKey: 'github', connectionId: 'c1', data: issue };

/** The calls of a client for the Nango API. */
function nangoCalls(nango) {
    return {
        connection: () => nango.getConnection('github', 'c1'),
        post: () => nango.post(proxyConfig),
        records: (model, limit, cursor) =>
            nango.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model, limit, cursor }),
    };
}

/** The same calls through something that sends requests: `send(method, path, body)` resolves to the answer's JSON. */
function httpCalls(send) {
    return {
        connection: () => send('GET', '/connections/c1?provider_config_key=github'),
        post: () => send('POST', '/proxy/repos/a/b/issues', issue),
        records: (model, limit, cursor) =>
            send('GET', `/records/?model=${model}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`),
    };
}

const ours = (options) => async (host) => {
    const { Nango } = await import('@x/node');
    return nangoCalls(new Nango({ apiKey: key, host, ...options }));
};

export const clients = {
    ours: ours({}),
    'ours-plain': ours({ retry: false, rateLimit: false }),
    'ours-fetch': ours({ fetch: globalThis.fetch }),
    async vendor(host) {
        const { Nango } = await import('@nangohq/node');
        return nangoCalls(new Nango({ apiKey: key, host }));
    },
    async fetch(host) {
        return httpCalls(async (method, path, body) =>
            (await fetch(host + path, { method, headers, body: body && JSON.stringify(body) })).json(),
        );
    },
    async ky(host) {
        const { default: ky } = await import('ky');
        return httpCalls((method, path, json) => ky(host + path, { method, headers, json, retry: 0, timeout: false }).json());
    },
    async ofetch(host) {
        const { ofetch } = await import('ofetch');
        const client = ofetch.create({ baseURL: host, headers, retry: 0 });
        return httpCalls((method, path, body) => client(path, { method, body }));
    },
    async undici(host) {
        const { Pool } = await import('undici');
        const pool = new Pool(host, { connections: 500 });
        return httpCalls(async (method, path, body) =>
            (await pool.request({ method, path, headers, body: body && JSON.stringify(body) })).body.json(),
        );
    },
    async 'node:http'(host) {
        const { hostname, port, protocol } = new URL(host);
        const { Agent, request } = process.getBuiltinModule(`node:${protocol.slice(0, -1)}`);
        const { gunzipSync } = process.getBuiltinModule('node:zlib');
        const agent = new Agent({ keepAlive: true });
        const options = { hostname, port, agent, headers: { ...headers, 'accept-encoding': 'gzip' } };
        return httpCalls(
            (method, path, body) =>
                new Promise((resolve, reject) => {
                    const outgoing = request({ ...options, path, method }, (incoming) => {
                        const chunks = [];
                        incoming.on('data', (chunk) => chunks.push(chunk));
                        incoming.on('end', () => {
                            const bytes = Buffer.concat(chunks);
                            const plain = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
                            resolve(JSON.parse(plain.toString()));
                        });
                        incoming.on('error', reject);
                    });
                    outgoing.on('error', reject);
                    outgoing.end(body && JSON.stringify(body));
                }),
        );
    },
};

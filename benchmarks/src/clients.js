// One client a name; each offers the same calls. Nothing is imported before it is asked for.
const key = '00000000-0000-4000-8000-000000000000';
const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
const recordHeaders = { ...headers, 'connection-id': 'c1', 'provider-config-key': 'github' };
const issue = { title: 'A bug', body: 'b'.repeat(800), labels: ['bug'] };
const proxyConfig = { endpoint: '/repos/a/b/issues', providerConfigKey: 'github', connectionId: 'c1', data: issue };

const recordsPath = (model, limit, cursor) => `/records/?model=${model}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;

function nangoCalls(nango) {
    return {
        connection: () => nango.getConnection('github', 'c1'),
        post: () => nango.post(proxyConfig),
        records: (model, limit, cursor) =>
            nango.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model, limit, cursor }),
    };
}

export const clients = {
    async ours(host) {
        const { Nango } = await import('@x/node');
        return nangoCalls(new Nango({ apiKey: key, host }));
    },
    async 'ours-plain'(host) {
        const { Nango } = await import('@x/node');
        return nangoCalls(new Nango({ apiKey: key, host, retry: false, rateLimit: false }));
    },
    async 'ours-fetch'(host) {
        const { Nango } = await import('@x/node');
        return nangoCalls(new Nango({ apiKey: key, host, fetch: globalThis.fetch }));
    },
    async vendor(host) {
        const { Nango } = await import('@nangohq/node');
        return nangoCalls(new Nango({ apiKey: key, host }));
    },
    async ofetch(host) {
        const { ofetch } = await import('ofetch');
        const client = ofetch.create({ baseURL: host, headers: recordHeaders, retry: 0 });
        return {
            connection: () => client('/connections/c1', { query: { provider_config_key: 'github' } }),
            post: () => client('/proxy/repos/a/b/issues', { method: 'POST', body: issue }),
            records: (model, limit, cursor) => client(recordsPath(model, limit, cursor)),
        };
    },
    async undici(host) {
        const { Pool } = await import('undici');
        const pool = new Pool(host, { connections: 500 });
        const send = async (method, path, body) =>
            (await pool.request({ method, path, headers: recordHeaders, body })).body.json();
        return {
            connection: () => send('GET', '/connections/c1?provider_config_key=github'),
            post: () => send('POST', '/proxy/repos/a/b/issues', JSON.stringify(issue)),
            records: (model, limit, cursor) => send('GET', recordsPath(model, limit, cursor)),
        };
    },
    async 'node:http'(host) {
        const { hostname, port, protocol } = new URL(host);
        const { Agent, request } = process.getBuiltinModule(`node:${protocol.slice(0, -1)}`);
        const { gunzipSync } = process.getBuiltinModule('node:zlib');
        const agent = new Agent({ keepAlive: true });
        const headers = { ...recordHeaders, 'accept-encoding': 'gzip' };
        const send = (method, path, body) =>
            new Promise((resolve, reject) => {
                const outgoing = request({ hostname, port, path, method, headers, agent }, (incoming) => {
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
                outgoing.end(body);
            });
        return {
            connection: () => send('GET', '/connections/c1?provider_config_key=github'),
            post: () => send('POST', '/proxy/repos/a/b/issues', JSON.stringify(issue)),
            records: (model, limit, cursor) => send('GET', recordsPath(model, limit, cursor)),
        };
    },
};

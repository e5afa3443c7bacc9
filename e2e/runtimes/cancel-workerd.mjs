// Of overlapping requests of one Worker some are cancelled; prints what the others get. Usage: `node cancel-workerd.mjs <miniflare>
// <script>`, where the script answers a request by making a call to the API at the URL that its body names.

import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { pathToFileURL } from 'node:url';

const [miniflare, scriptPath] = process.argv.slice(2);
const { Miniflare } = await import(pathToFileURL(miniflare).href);

const listen = async (handle) => {
    const server = createServer(handle);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}`,
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A Worker of its own for each case, as a fresh isolate would be. */
async function inWorker(run) {
    const worker = new Miniflare({
        modules: [{ type: 'ESModule', path: 'worker.mjs', contents: readFileSync(scriptPath, 'utf8') }],
        compatibilityDate: '2026-07-01',
        compatibilityFlags: [],
    });
    const url = await worker.ready;
    /** Asks the Worker over a connection of its own, which `cancel` closes, as a browser that goes away does. */
    const ask = (host) => {
        const begun = Date.now();
        let outgoing;
        const answer = new Promise((resolve) => {
            outgoing = request(url, { method: 'POST', agent: false }, (response) => {
                let text = '';
                response.on('data', (data) => (text += data));
                response.on('end', () => resolve({ text, ms: Date.now() - begun }));
            });
            outgoing.on('error', () => resolve({ text: 'cancelled' }));
            outgoing.end(host);
        });
        return { answer, cancel: () => outgoing.destroy() };
    };
    try {
        return await run(ask);
    } finally {
        await worker.dispose();
    }
}

const results = {};

// The first in line goes away; who stands behind it must not wait for it.
results.inLine = await inWorker(async (ask) => {
    const api = await listen((_request, response) => {
        const now = Math.floor(Date.now() / 1_000);
        response.writeHead(200, {
            'content-type': 'application/json',
            date: new Date(now * 1_000).toUTCString(),
            'x-ratelimit-limit': '100',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(now + 2),
        });
        response.end('{"connections":[]}');
    });
    await ask(api.url).answer;
    const first = ask(api.url);
    await wait(300);
    const second = ask(api.url);
    await wait(300);
    first.cancel();
    const answer = await Promise.race([second.answer, wait(20_000).then(() => ({ text: 'nothing in 20 s' }))]);
    api.close();
    return answer;
});

// Eight calls of a slow start go away without an answer; the ninth must not wait for them for ever.
results.slowStart = await inWorker(async (ask) => {
    let received = 0;
    const api = await listen((_request, response) => {
        received += 1;
        if (received > 8) response.end('{"connections":[]}');
    });
    const first = Array.from({ length: 8 }, () => ask(api.url));
    while (received < 8) await wait(20);
    const ninth = ask(api.url);
    await wait(300);
    for (const one of first) one.cancel();
    const answer = await Promise.race([ninth.answer, wait(30_000).then(() => ({ text: 'nothing in 30 s' }))]);
    api.close();
    return answer;
});

console.log(JSON.stringify(results));
process.exit(0);

import http from 'node:http';
import { expect, test } from 'vitest';
import { startEmulator } from '../src/start-emulator.js';
test('big', { timeout: 120000 }, async () => {
    const size = 400 * 1024 * 1024; const chunk = Buffer.alloc(256 * 1024);
    let got = 0;
    const server = http.createServer((req, res) => {
        if (req.method === 'POST') { req.on('data', (d) => { got += d.length; }); req.on('end', () => res.end('{}')); return; }
        let sent = 0; const push = () => { while (sent < size) { sent += chunk.length; if (!res.write(chunk)) { res.once('drain', push); return; } } res.end(); }; push();
    });
    await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
    const origin = `http://127.0.0.1:${(server.address() as any).port}`;
    const e = await startEmulator({ port: 0, upstreams: [origin], seed: { integrations: [{ provider: 'unauthenticated', unique_key: 'n' }], connections: [{ provider_config_key: 'n', connection_id: 'c', credentials: { type: 'NONE' } }] } });
    const h = { authorization: `Bearer ${e.apiKey}`, 'provider-config-key': 'n', 'connection-id': 'c', 'base-url-override': origin };
    let peak = 0; const t = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 20);
    const before = process.memoryUsage().rss;
    let t0 = performance.now();
    await new Promise<void>((resolve) => { http.get(`${e.url}/proxy/x`, { headers: h }, (res) => { let n = 0; res.on('data', (d) => { n += d.length; }); res.on('end', () => { console.log('down', n / 1e6, Math.round(performance.now() - t0)); resolve(); }); }); });
    t0 = performance.now();
    await new Promise<void>((resolve) => {
        const r = http.request(`${e.url}/proxy/x`, { method: 'POST', headers: { ...h, 'content-type': 'application/octet-stream', 'nango-proxy-content-type': 'application/octet-stream' } }, (res) => { res.resume(); res.on('end', resolve); });
        let sent = 0; const push = () => { while (sent < size) { sent += chunk.length; if (!r.write(chunk)) { r.once('drain', push); return; } } r.end(); }; push();
    });
    console.log('up', got / 1e6, Math.round(performance.now() - t0), 'rss before', before / 1e6, 'peak', peak / 1e6);
    clearInterval(t); await e.close(); server.close();
    expect(got).toBe(size);
});

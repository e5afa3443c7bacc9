import { expect, test } from 'vitest';
import { eventually } from '../../../core/test/support/eventually.js';
import { code, proxyScene } from '../../test/support/proxy-scene.js';

const scene = proxyScene();
const { arrivals, proxy } = scene;

test('retries wait 3 s, then 6 s, on the clock of the scene.emulator; POST is retried too', async () => {
    scene.emulator.context.clock.freeze();
    scene.answer = (_, response) => response.writeHead(500).end();
    const response = proxy('/', { method: 'POST', body: 'x' }, { retries: '2' });
    const [first = 0, second = 0, third = 0] = await arrivals(3);
    expect(second - first).toBeGreaterThanOrEqual(3000);
    expect(third - second).toBeGreaterThanOrEqual(6000);
    expect((await response).status).toBe(500);
    expect(scene.seen.map(({ body }) => body.toString())).toEqual(['x', 'x', 'x']);
});

test('a retry does not wait for a clock that nobody moves', async () => {
    scene.emulator.context.clock.freeze();
    let tries = 0;
    scene.answer = (_, response) => response.writeHead(tries++ === 0 ? 500 : 200, { 'content-length': '2' }).end('{}');
    expect((await proxy('/', {}, { retries: '1' })).status).toBe(200);
});

test('404 is not retried unless Retry-On names it', async () => {
    scene.answer = (_, response) => response.writeHead(404).end();
    await proxy('/', {}, { retries: '1' });
    expect(scene.seen).toHaveLength(1);
    scene.emulator.context.clock.freeze();
    const again = proxy('/', {}, { retries: '1', 'retry-on': '404' });
    await arrivals(3);
    await again;
    expect(scene.seen).toHaveLength(3);
});

test('redirects are followed to allowed targets only, without credentials to another host', async () => {
    scene.answer = (request, response) => {
        if (request.url === '/there') response.end('{"there":true}');
        else response.writeHead(302, { location: request.url === '/out' ? 'http://127.0.0.1:1/' : '/there' }).end();
    };
    expect(await (await proxy('/in')).json()).toEqual({ there: true });
    const refused = await proxy('/out');
    expect([refused.status, await code(refused)]).toEqual([400, 'base_url_override_not_allowed']);
});

test('a failed connection is 500 without an error wrapper', async () => {
    scene.answer = (request) => request.socket.destroy();
    const response = await proxy('/', { method: 'POST' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'ECONNRESET', method: 'post', message: expect.any(String) });
});

test('a caller that gives up ends the request to the provider', async () => {
    let closed: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
        closed = resolve;
    });
    scene.answer = (_, response) => response.on('close', closed);
    const controller = new AbortController();
    const response = proxy('/', { signal: controller.signal });
    await eventually(() => expect(scene.seen).toHaveLength(1));
    controller.abort();
    await expect(response).rejects.toThrow();
    await ended;
});

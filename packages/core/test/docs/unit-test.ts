import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Nango } from '@x/node';

/** The client of your unit tests: it does not wait, repeat or share anything with other tests. */
export const testClient = (host: string) => new Nango({ apiKey: 'test-key', host, retry: false, rateLimit: false });

/** A server of ten lines is often clearer than a mock. */
export async function startStub(answers: Record<string, unknown>) {
    const server = createServer((request, response) => {
        const path = (request.url ?? '').split('?')[0] as string;
        response.writeHead(path in answers ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answers[path] ?? { error: { code: 'not_found' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

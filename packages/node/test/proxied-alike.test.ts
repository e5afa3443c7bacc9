import { Nango as Vendor } from '@nangohq/node';
import { startEmulator } from '@x/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../core/test/support/loopback.js';
import { Nango } from '../src/index.js';

/** What reaches a provider through the emulator's proxy, sent by the vendor's client and by this one. */
async function throughBoth(call: (nango: Pick<Nango, 'proxy'>, target: object) => Promise<unknown>) {
    const provider = await serve(() => ({}));
    const emulator = await startEmulator({
        port: 0,
        upstreams: ['*'],
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'api' }],
            connections: [
                { provider_config_key: 'api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'their-key' } },
            ],
        },
    });
    onTestFinished(() => emulator.close());
    const options = { apiKey: emulator.apiKey, host: emulator.url };
    const target = { providerConfigKey: 'api', connectionId: 'c1', baseUrlOverride: provider.url };
    for (const nango of [new Vendor(options), new Nango(options)]) await call(nango as never, target);
    return provider.requests.map(({ method, url, headers, body }) => ({
        method,
        url,
        type: headers['content-type'],
        body: body.toString(),
    }));
}

test.each(['POST', 'PUT', 'PATCH'] as const)('%s without data is the JSON {}', async (method) => {
    for (const data of [undefined, null, '']) {
        const [vendor, ours] = await throughBoth((nango, target) =>
            nango.proxy({ ...target, endpoint: '/a', method, data } as never),
        );
        expect(vendor).toMatchObject({ method, type: 'application/json', body: '{}' });
        expect(ours).toEqual(vendor);
    }
});

test('DELETE without data has no body', async () => {
    const [vendor, ours] = await throughBoth((nango, target) =>
        nango.proxy({ ...target, endpoint: '/a', method: 'DELETE' } as never),
    );
    expect(ours).toEqual(vendor);
    expect(ours?.body).toBe('');
});

test.each(['DELETE', 'PROPFIND', 'REPORT'])('%s with an empty text has no body and no type', async (method) => {
    const [vendor, ours] = await throughBoth((nango, target) =>
        nango.proxy({ ...target, endpoint: '/a', method, data: '' } as never),
    );
    expect(vendor).toMatchObject({ method, type: undefined, body: '' });
    expect(ours).toEqual(vendor);
});

test.each([null, ''])('a method and a response type that are %j are the defaults', async (none) => {
    const types: unknown[] = [];
    const [vendor, ours] = await throughBoth(async (nango, target) => {
        const { data } = await nango.proxy({ ...target, endpoint: '/a', method: none, responseType: none } as never);
        types.push(data);
    });
    expect(vendor).toMatchObject({ method: 'GET', body: '' });
    expect(ours).toEqual(vendor);
    expect(types[1]).toEqual(types[0]);
});

test('an empty endpoint is the base URL itself', async () => {
    const [vendor, ours] = await throughBoth((nango, { baseUrlOverride, ...target }: { baseUrlOverride?: string }) =>
        nango.proxy({ ...target, baseUrlOverride: `${baseUrlOverride}/signed/link`, endpoint: '', method: 'GET' } as never),
    );
    expect(ours).toEqual(vendor);
    expect(ours?.url).toBe('/signed/link/');
});

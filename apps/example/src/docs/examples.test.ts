import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startWorld, type World } from '../demo/world.js';

let world: World;
let hubspot: string;
let github: string;

beforeAll(async () => {
    world = await startWorld();
    // The examples read these when they are imported.
    vi.stubEnv('NANGO_API_KEY', world.emulator.apiKey);
    vi.stubEnv('NANGO_WEBHOOK_SIGNING_KEY', world.emulator.webhookSigningKey);
    vi.stubEnv('NANGO_HOST', world.emulator.url);
    const credentials = { type: 'OAUTH2', client_id: 'a', client_secret: 'b' } as const;
    for (const name of ['hubspot', 'github']) {
        await world.nango.createIntegration({ provider: name, unique_key: name, credentials });
    }
    const { startConnecting } = await import('./connect-session.js');
    const { token } = await startConnecting({ id: 'ada', email: 'ada@example.com', name: 'Ada' });
    hubspot = (await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true })).connectionId;
    const { data } = await world.nango.createConnectSession({ end_user: { id: 'ada' } });
    github = (await world.emulator.control.connect({ token: data.token, integrationId: 'github', approve: true })).connectionId;
    await world.delivery('sync');
});

afterAll(async () => {
    vi.unstubAllEnvs();
    await world.close();
});

test('first-call prints what the pages say', async () => {
    const printed: unknown[] = [];
    vi.spyOn(console, 'log').mockImplementation((line) => printed.push(typeof line === 'string' ? line : inspect(line)));
    await import('./first-call.js');
    for (const page of ['README.md', 'docs/quick-start.md']) {
        const markdown = readFileSync(new URL(`../../../../${page}`, import.meta.url), 'utf8');
        const [, output] = /docs\/first-call\.ts.*?```text\n(.*?)\n```/s.exec(markdown) ?? [];
        expect(printed.join('\n'), page).toBe(output);
    }
});

test('full-client, one-package, two-packages', async () => {
    expect(await (await import('./full-client.js')).greet('ada')).toHaveLength(8);
    expect(await (await import('./one-package.js')).hubSpotToken(hubspot)).toEqual(expect.any(String));
    expect(await (await import('./two-packages.js')).countContacts()).toBe(8);
});

test('connect-session, wait-for-connection', async () => {
    const { startConnecting } = await import('./connect-session.js');
    const { link } = await startConnecting({ id: 'grace', email: 'grace@example.com', name: 'Grace' });
    expect(await (await fetch(link)).text()).toContain('<html');
    expect(await (await import('./wait-for-connection.js')).connectionOf('ada')).toBe(hubspot);
});

test('reconnect: a token, or a link when access was revoked', async () => {
    const { tokenOrLink } = await import('./reconnect.js');
    expect(await tokenOrLink(hubspot)).toEqual({ token: expect.any(String) });
    const body = { error: { code: 'invalid_credentials' } };
    await world.emulator.control.fault({ type: 'status', status: 400, body, times: 1, operation: 'getConnection' });
    expect(await tokenOrLink(hubspot)).toEqual({ link: expect.stringMatching(/^http/) });
});

test('restore-metadata: after new credentials by form, not after OAuth', async () => {
    const { restoreMetadata } = await import('./restore-metadata.js');
    const event = { type: 'auth', operation: 'override', success: true, connectionId: hubspot, providerConfigKey: 'hubspot' };
    await restoreMetadata({ ...event, authMode: 'OAUTH2' } as never, { plan: 'lost' });
    expect(await world.nango.getMetadata('hubspot', hubspot)).not.toMatchObject({ plan: 'lost' });
    await restoreMetadata({ ...event, authMode: 'API_KEY' } as never, { plan: 'pro' });
    expect(await world.nango.getMetadata('hubspot', hubspot)).toEqual({ plan: 'pro' });
});

test('raw-request', async () => {
    const { rawConnections, requestsLeft } = await import('./raw-request.js');
    expect(await rawConnections(hubspot)).toMatchObject([{ connection_id: hubspot }]);
    expect(await requestsLeft()).toEqual({ integrations: 2, status: 200, left: expect.stringMatching(/^\d+$/) });
});

test('read-records', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await (await import('./read-records.js')).printContacts(hubspot);
    expect(log).toHaveBeenCalledTimes(8);
    expect(log).toHaveBeenCalledWith('Grace Hopper', 'grace@example.com');
});

test('keep-up reads what is new, once', async () => {
    const { contacts, keepUp, row } = await import('./keep-up.js');
    const at = (id: string) => row({ providerConfigKey: 'hubspot', connectionId: hubspot, model: 'Contact' }, id);
    expect(await keepUp(hubspot)).toBe(8);
    expect(await keepUp(hubspot)).toBe(0);
    const changes = { save: [{ id: '101', name: 'Rear Admiral Hopper' }], delete: ['102'] };
    await world.emulator.control.records({
        provider_config_key: 'hubspot',
        connection_id: hubspot,
        model: 'Contact',
        ...changes,
    });
    expect(await keepUp(hubspot)).toBe(2);
    expect([contacts.get(at('101')), contacts.has(at('102')), contacts.size]).toEqual(['Rear Admiral Hopper', false, 7]);
});

test('call-provider, upload-file, download-file', async () => {
    expect(await (await import('./call-provider.js')).firstContacts(hubspot, 2)).toHaveLength(2);
    expect(await (await import('./upload-file.js')).upload(hubspot, new File(['hello'], 'a.txt'))).toMatch(/^\d+$/);
    const folder = mkdtempSync(join(tmpdir(), 'docs-'));
    try {
        await (await import('./download-file.js')).download(hubspot, '/crm/v3/objects/contacts', join(folder, 'contacts.json'));
        expect(JSON.parse(readFileSync(join(folder, 'contacts.json'), 'utf8')).total).toBeGreaterThan(0);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('run-action', async () => {
    const { createIssue, createIssueLater } = await import('./run-action.js');
    const issue = { title: 'Punch cards jam', body: '' };
    expect(await createIssue(github, issue)).toMatchObject({ url: expect.stringContaining('/issues/') });
    expect(await createIssueLater(github, issue)).toMatchObject({ url: expect.stringContaining('/issues/') });
});

test('handle-errors distinguishes the cases', async () => {
    const { describeFailure } = await import('./handle-errors.js');
    const { control } = world.emulator;
    expect(await describeFailure(hubspot)).toBe('fine');
    const proxied = { times: 1, path: '/proxy/*' };
    for (const status of [404, 409, 429, 503]) {
        await control.fault({ type: 'status', status, body: { category: 'TROUBLE' }, ...proxied });
        expect(await describeFailure(hubspot)).toBe(`provider answered ${status}`);
    }
    await control.fault({ type: 'status', status: 400, body: { error: { code: 'invalid_credentials' } }, ...proxied });
    expect(await describeFailure(hubspot)).toBe('ask the user to connect again');
    expect(await describeFailure('nobody')).toBe('unknown answered 400');
});

test('limits-of-a-call: nothing is sent for a browser that has gone', async () => {
    const { connectionsFor } = await import('./limits-of-a-call.js');
    expect(await connectionsFor(new Request('http://localhost'), 'ada')).toHaveLength(2);
    const gone = new Request('http://localhost', { signal: AbortSignal.abort(new Error('gone')) });
    await expect(connectionsFor(gone, 'ada')).rejects.toThrow('gone');
});

test('emulator-in-a-test, emulator-in-process', async () => {
    expect(await (await import('./emulator-in-a-test.js')).rehearseASlowServer()).toBe(
        'true, then {"type":"API_KEY","apiKey":"key-of-ada"}',
    );
    expect(await (await import('./emulator-in-process.js')).withoutAPort()).toEqual(['crm']);
});

test('worker', async () => {
    const { default: worker } = await import('./worker.js');
    const env = { NANGO_API_KEY: world.emulator.apiKey, NANGO_HOST: world.emulator.url };
    const response = await worker.fetch(new Request('http://localhost', { headers: { 'x-user-id': 'ada' } }), env);
    expect(await response.json()).toEqual(['github', 'hubspot']);
});

test('trace-calls, measure-calls, watch-calls', async () => {
    expect((await (await import('./measure-calls.js')).measured.listIntegrations()).configs).toHaveLength(2);
    expect((await (await import('./trace-calls.js')).traced.listIntegrations()).configs).toHaveLength(2);
    expect((await (await import('./watch-calls.js')).watched.listIntegrations()).configs).toHaveLength(2);
});

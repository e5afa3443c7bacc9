import { describe, expect, it, vi } from 'vitest';
import { confirmConnection, createWebhookHandler, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { parseWebhook, signWebhook } from '../src/index.js';
import { signingKey } from './deliver.js';
import { authBody } from './events.js';

const deletion = { ...authBody, operation: 'deletion' };

async function deliverTo(options: WebhookHandlerOptions<unknown, never>, body: object = deletion) {
    const handle = createWebhookHandler({ signingKey, onError() {}, ...options });
    const response = await handle(new Request('http://localhost/', { method: 'POST', ...signWebhook(body, { signingKey }) }));
    return `${response.status} ${await response.text()}`;
}

const handlers = () => ({ onConnectionDeleted: vi.fn(), onAuth: vi.fn(), onUnknown: vi.fn() });

describe('the deletion of a connection', () => {
    it.each([
        ['as it is sent', deletion],
        ['without success', { ...deletion, success: undefined }],
        ['that failed', { ...deletion, success: false, error: { type: 'x', description: 'y' } }],
    ])('%s reaches its own handler, and no other', async (_which, body) => {
        const to = handlers();
        expect(await deliverTo(to, body)).toBe('200 {"outcome":"handled"}');
        const { body: text, headers } = signWebhook(body, { signingKey });
        const event = parseWebhook(text, headers, { signingKey });
        expect(to.onConnectionDeleted.mock.calls).toEqual([[event, { header: expect.any(Function) }]]);
        expect([to.onAuth.mock.calls, to.onUnknown.mock.calls]).toEqual([[], []]);
    });

    it('reaches nobody where there is no handler for it', async () => {
        const { onAuth, onUnknown } = handlers();
        expect(await deliverTo({ onAuth, onUnknown })).toBe('200 {"outcome":"ignored"}');
        expect([onAuth.mock.calls, onUnknown.mock.calls]).toEqual([[], []]);
    });

    it('that does not come from Nango is unknown', async () => {
        const to = handlers();
        await deliverTo(to, { ...deletion, from: 'github' });
        expect(to.onConnectionDeleted).not.toHaveBeenCalled();
        expect(to.onUnknown).toHaveBeenCalledOnce();
    });

    describe('with confirmConnection', () => {
        const here = { connection_id: 'c1', provider_config_key: 'github' };
        const listing = (...connections: object[]) => ({ listConnections: vi.fn(async () => ({ connections }) as never) });

        it('is handled when Nango no longer lists it', async () => {
            const to = handlers();
            const client = listing({ ...here, provider_config_key: 'slack' });
            expect(await deliverTo({ confirm: confirmConnection(client), ...to })).toBe('200 {"outcome":"handled"}');
            expect(to.onConnectionDeleted).toHaveBeenCalledOnce();
        });

        it('is dropped when it is forged: Nango still lists the connection', async () => {
            const to = handlers();
            const onError = vi.fn();
            expect(await deliverTo({ confirm: confirmConnection(listing(here)), ...to, onError })).toBe(
                '200 {"outcome":"unconfirmed"}',
            );
            expect(to.onConnectionDeleted).not.toHaveBeenCalled();
            expect(onError).toHaveBeenCalledWith(expect.objectContaining({ reason: 'unconfirmed' }), expect.anything());
        });

        it('is dropped when no connection can have the id', async () => {
            const to = handlers();
            expect(await deliverTo({ confirm: confirmConnection(listing()), ...to }, { ...deletion, connectionId: '' })).toMatch(
                /unconfirmed/,
            );
            expect(to.onConnectionDeleted).not.toHaveBeenCalled();
        });

        it.each([
            ['fails', () => Promise.reject(new Error('down'))],
            ['answers with something else', async () => ({})],
        ])('is answered with 503 when the list %s', async (_how, listConnections) => {
            const to = handlers();
            const onError = vi.fn();
            const answered = await deliverTo({ confirm: confirmConnection({ listConnections } as never), ...to, onError });
            expect(answered).toMatch(/^503 .*confirm_failed/);
            expect(to.onConnectionDeleted).not.toHaveBeenCalled();
            expect(onError.mock.calls[0]?.[0]).toMatchObject({ reason: 'confirm_failed', cause: expect.any(Error) });
        });
    });
});

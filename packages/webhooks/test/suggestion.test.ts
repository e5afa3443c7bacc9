import { expect, it, vi } from 'vitest';
import { confirmConnection, createWebhookHandler } from '../src/fetch/index.js';
import { createWebhookHandler as createNodeHandler } from '../src/node/index.js';
import { signingKey } from './deliver.js';

it.each([
    ['onsync', 'onSync'],
    ['onSycn', 'onSync'],
    ['onSyncs', 'onSync'],
    ['onAsynAction', 'onAsyncAction'],
    ['on_async_action', 'onAsyncAction'],
    ['onConnectionDelete', 'onConnectionDeleted'],
    ['onConnectionDeletion', 'onConnectionDeleted'],
    ['onErrors', 'onError'],
    ['signing_key', 'signingKey'],
    ['signingkeys', 'signingKeys'],
    ['webhookSigningKey', 'signingKey'],
    ['maxBodysize', 'maxBodySize'],
    ['timeout', 'bodyTimeout'],
    ['dedup', 'dedupe'],
    ['onForwarded', 'onForward'],
    ['onAction', 'onAsyncAction'],
    ['onDelete', 'onConnectionDeleted'],
    ['confirmConnection', 'confirm'],
])('an option %s is said to be none, and that %s was probably meant', (name, meant) => {
    for (const create of [createWebhookHandler, createNodeHandler])
        expect(() => create({ [name]: undefined })).toThrow(`createWebhookHandler has no option ${name}: did you mean ${meant}?`);
});

it.each(['x', 'secret', 'onEvent', '__proto__x', ''])('an option %j, which is like none, is answered with all names', (name) => {
    expect(() => createWebhookHandler({ [name]: 1 } as never)).toThrow(/, only signingKey, .*, bodyTimeout$/);
});

it.each<[string, unknown[]]>([
    ['onAuth', ['handleAuth', {}, true, []]],
    ['onError', [console, 'console']],
    ['confirm', [true, {}, Promise.resolve()]],
    ['maxBodySize', ['10mb', Number.NaN, 0, -1, null, Number.POSITIVE_INFINITY]],
    ['bodyTimeout', ['10s', Number.NaN, 0, Number.POSITIVE_INFINITY, 2 ** 31]],
    ['dedupe', [true, null, {}, new Map(), 'redis']],
])('an option %s that would fail, or let everything pass, once a delivery arrives is refused at once', (name, values) => {
    class Receiver {
        constructor(value: unknown) {
            Object.assign(this, { signingKey, [name]: value });
        }
    }
    for (const create of [createWebhookHandler, createNodeHandler]) {
        for (const value of values) {
            expect(() => create({ [name]: value })).toThrow(`createWebhookHandler: ${name} must be `);
            expect(() => create(new Receiver(value))).toThrow(`createWebhookHandler: ${name} must be `);
        }
        expect(create({ [name]: undefined })).toBeTypeOf('function');
    }
});

it('a type of event that confirmConnection is to confirm, and that there is not, is refused: forged ones would pass', () => {
    const listConnections = vi.fn();
    const confirm = (types: unknown[]) => confirmConnection({ listConnections }, { types } as never);
    for (const types of [['auth', 'Forward'], ['async-action'], ['syncs'], ['deletion'], [undefined]])
        expect(() => confirm(types)).toThrow('types, a list of auth, sync, async_action, forward');
});

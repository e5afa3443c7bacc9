import { afterEach, describe, expect, it, vi } from 'vitest';
import { NangoWebhookError, type NangoWebhookErrorReason, parseWebhook, signWebhook, type WebhookEvent } from '../src/index.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';
const base = { from: 'nango', connectionId: 'c1', providerConfigKey: 'github' };
const sync = {
    ...base,
    type: 'sync',
    syncName: 'issues',
    syncVariant: 'base',
    model: 'Issue',
    syncType: 'INCREMENTAL',
    success: true,
    responseResults: { added: 1, updated: 0, deleted: 0 },
    modifiedAfter: '2026-11-22T10:00:00.000Z',
    queryTimeStamp: '2026-11-22T10:00:00.000Z',
};

function parse(body: unknown): WebhookEvent {
    const signed = signWebhook(body, { signingKey });
    return parseWebhook(signed.body, signed.headers, { signingKey });
}

function cycle(): object {
    const made: { self?: unknown } = {};
    made.self = made;
    return made;
}

function reasonOf(run: () => unknown): NangoWebhookErrorReason | undefined {
    try {
        run();
    } catch (error) {
        if (error instanceof NangoWebhookError) return error.reason;
        throw error;
    }
    return undefined;
}

describe('parseWebhook gives each body of the contract its type', () => {
    it('auth, in success and failure', () => {
        const auth = { ...base, type: 'auth', authMode: 'OAUTH2', provider: 'github', environment: 'dev', operation: 'creation' };
        const created = { ...auth, success: true, tags: { end_user_id: 'u1' }, endUser: { endUserId: 'u1', tags: {} } };
        const failed = {
            ...auth,
            operation: 'refresh',
            success: false,
            error: { type: 'refresh_token_external_error', description: 'no' },
        };
        expect(parse(created)).toEqual(created);
        const event = parse(failed);
        expect(event.type === 'auth' && !event.success && event.error.type).toBe('refresh_token_external_error');
    });

    it('async_action, and forward for a connection', () => {
        const action = { ...base, type: 'async_action', payload: { id: 'a1', statusUrl: '/action/a1' } };
        expect(parse(action)).toEqual(action);
        const forward = { ...base, type: 'forward', from: 'github', payload: { action: 'opened' } };
        expect(parse(forward)).toEqual(forward);
    });

    it.each([
        ['a new type', { ...base, type: 'quota' }],
        ['a raw webhook of a provider', { action: 'opened', issue: { id: 1 } }],
        ['a raw webhook that has a type of the same name', { type: 'sync', object: 'event' }],
        ['an auth body that is not from nango', { ...base, from: 'github', type: 'auth', operation: 'creation', success: true }],
        ['an array', [1]],
        ['a scalar', 'text'],
        ['null', null],
    ])('unknown for %s, with the body kept', (_name, body) => {
        expect(parse(JSON.stringify(body))).toEqual({ type: 'unknown', body });
    });

    /** What each type needs; together they have the fields of all types. */
    const needed = {
        auth: { success: true, operation: 'creation' },
        sync: { success: true, syncName: 'issues', model: 'Issue' },
        async_action: { payload: { id: 'a1' } },
        forward: { payload: 1 },
    };
    const everything = { ...base, ...needed.auth, ...needed.sync, ...needed.async_action };

    it.each(Object.entries(needed))('%s only with all that it needs, each of its kind', (type, fields) => {
        const full = { ...base, type, ...fields };
        expect(parse(full).type).toBe(type);
        for (const field of [...Object.keys(base), ...Object.keys(fields)]) {
            const { [field]: _, ...without } = full as Record<string, unknown>;
            expect(parse(without), `without ${field}`).toEqual({ type: 'unknown', body: without });
            if (field === 'payload' && type === 'forward') continue;
            for (const wrong of [null, 1]) expect(parse({ ...full, [field]: wrong }).type, `${field}: ${wrong}`).toBe('unknown');
        }
        if (type !== 'forward') expect(parse({ ...full, from: 'github' }).type).toBe('unknown');
    });

    it('by its name alone: a new type that has the fields of all is unknown', () => {
        for (const from of ['nango', 'github']) expect(parse({ ...everything, from, type: 'quota' }).type).toBe('unknown');
        for (const type of Object.keys(needed)) expect(parse({ ...everything, type }).type).toBe(type);
    });

    it('survives members named __proto__', () => {
        const event = parse(`{"__proto__":{"polluted":1},${JSON.stringify(sync).slice(1)}`);
        expect(event).not.toHaveProperty('polluted');
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });
});

describe('a sync event', () => {
    const parseSync = (change: object) => {
        const event = parse({ ...sync, ...change });
        if (event.type !== 'sync') throw new Error(`got ${event.type}`);
        return event;
    };

    it.each([
        ['no checkpoints', {}, true],
        ['null checkpoints', { checkpoints: null }, true],
        ['a run from the beginning', { checkpoints: { from: null, to: { at: 5 } } }, true],
        ['a run from a checkpoint', { checkpoints: { from: { at: 1 }, to: { at: 5 } } }, false],
        ['a webhook run', { syncType: 'WEBHOOK' }, false],
        ['a webhook run with null checkpoints', { syncType: 'WEBHOOK', checkpoints: null }, false],
    ])('says whether the sync was full: %s', (_name, change, isFullSync) => {
        expect(parseSync(change).isFullSync).toBe(isFullSync);
    });

    it('distinguishes changed, unchanged and failed', () => {
        expect(parseSync({}).outcome).toBe('changed');
        expect(parseSync({ responseResults: { added: 0, updated: 0, deleted: 3 } }).outcome).toBe('changed');
        expect(parseSync({ responseResults: { added: 0, updated: 0, deleted: 0 } }).outcome).toBe('unchanged');
        const { responseResults: _, modifiedAfter: __, ...failed } = sync;
        const error = { type: 'script_http_error', description: 'HTTP 500', payload: { status: 500 } };
        const event = parse({ ...failed, success: false, error, startedAt: sync.modifiedAfter, failedAt: sync.modifiedAfter });
        expect(event).toMatchObject({ outcome: 'failed', isFullSync: false, error });
    });

    it('does not believe what a body says about itself', () => {
        expect(parseSync({ outcome: 'failed', isFullSync: 'yes' })).toMatchObject({ outcome: 'changed', isFullSync: true });
    });
});

describe('parseWebhook refuses', () => {
    afterEach(() => vi.restoreAllMocks());
    const { body, headers } = signWebhook(sync, { signingKey });

    it.each<[NangoWebhookErrorReason, () => unknown]>([
        ['missing_header', () => parseWebhook(body, {}, { signingKey })],
        ['missing_header', () => parseWebhook(body, { 'x-nango-signature': headers['x-nango-signature'] }, { signingKey })],
        ['bad_signature', () => parseWebhook(`${body} `, headers, { signingKey })],
        ['bad_signature', () => parseWebhook(body, headers, { signingKey: 'the-api-key' })],
        ['no_signing_key', () => parseWebhook(body, headers, { signingKey: undefined })],
        ['no_signing_key', () => parseWebhook(body, headers, { signingKeys: [] })],
        ['missing_body', () => parseWebhook(undefined as never, headers, { signingKey })],
        ['missing_body', () => parseWebhook(Promise.resolve(body), headers, { signingKey })],
        ['missing_body', () => parseWebhook(cycle(), headers, { signingKey })],
        [
            'bad_signature',
            () => parseWebhook(body, { 'x-nango-hmac-sha256': `${headers['x-nango-hmac-sha256']}0` }, { signingKey }),
        ],
        ['missing_header', () => parseWebhook(body, { 'x-nango-hmac-sha256': 1 }, { signingKey })],
        ['missing_header', () => parseWebhook(body, { 'x-nango-hmac-sha256': [undefined] }, { signingKey })],
        ['missing_header', () => parseWebhook(body, undefined as never, { signingKey })],
        ['missing_header', () => parseWebhook(body, null as never, { signingKey })],
        ['missing_header', () => parseWebhook(body, 'x-nango-hmac-sha256' as never, { signingKey })],
        ['not_json', () => parse('<xml/>')],
        ['not_json', () => parse('')],
        [
            'not_json',
            () => {
                const signed = signWebhook(new Uint8Array([0x22, 0xff, 0x22]), { signingKey });
                parseWebhook(signed.body, signed.headers, { signingKey });
            },
        ],
    ])('with the reason %s', (reason, run) => {
        expect(reasonOf(run)).toBe(reason);
    });

    it('with a message that names the usual cause and repeats nothing secret', () => {
        const secret = 'wrong-key-5e1b8f0a';
        const errors: unknown[] = [];
        for (const run of [
            () => parseWebhook(body, headers, { signingKey: secret }),
            () => parseWebhook(body, {}, { signingKey: secret }),
            () => parseWebhook(undefined as never, headers, { signingKey: secret }),
        ]) {
            try {
                run();
            } catch (error) {
                errors.push(error);
            }
        }
        const [signature, header, missing] = errors.map((error) => (error as Error).message);
        expect(missing).toMatch(/read it before.*promise or stream/);
        expect(signature).toMatch(/serialised again.*raw body.*signing key.*API key/s);
        expect(header).toMatch(/X-Nango-Hmac-Sha256/);
        for (const error of errors as Error[]) {
            const printed = [String(error), error.stack, JSON.stringify(error, Object.getOwnPropertyNames(error))].join();
            expect(printed).not.toContain(secret);
            expect(printed).not.toContain(headers['x-nango-hmac-sha256']);
        }
    });

    it('with an error that is known by its brand, in this package and in core', async () => {
        const error = (() => {
            try {
                return parseWebhook(body, {}, { signingKey });
            } catch (caught) {
                return caught;
            }
        })();
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).name).toBe('NangoWebhookError');
        expect((error as Record<symbol, unknown>)[Symbol.for('nango.error')]).toEqual(['NangoWebhookError', 'NangoError']);
        vi.resetModules();
        const otherCopy = await import('../src/webhook-error.js');
        expect(otherCopy.NangoWebhookError).not.toBe(NangoWebhookError);
        expect(error).toBeInstanceOf(otherCopy.NangoWebhookError);
        expect(otherCopy.NangoWebhookError.isInstance(error)).toBe(true);
        for (const other of [new Error('x'), null, undefined, 'text', { [Symbol.for('nango.error')]: true }]) {
            expect(NangoWebhookError.isInstance(other)).toBe(false);
        }
    });
});

import type * as Vendor from '@nangohq/node';
import { describe, expectTypeOf, it } from 'vitest';
import type * as Ours from '../src/index.js';
import { parseWebhook, signWebhook, verifyIncomingWebhookRequest } from '../src/index.js';

/** Code that was written for the vendor's types keeps compiling when it gets ours. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

describe('types', () => {
    it('of the vendor names are what the vendor sends', () => {
        const asOurs = <T>(_value: () => T) => {};
        asOurs<Ours.NangoSyncWebhookBodySuccess>(() => ({}) as Vendor.NangoSyncWebhookBodySuccess);
        asOurs<Ours.NangoSyncWebhookBodyError>(() => ({}) as Vendor.NangoSyncWebhookBodyError);
        asOurs<Ours.NangoSyncWebhookBody>(() => ({}) as Vendor.NangoSyncWebhookBody);
        asOurs<Ours.NangoAuthWebhookBodySuccess>(() => ({}) as Vendor.NangoAuthWebhookBodySuccess);
        asOurs<Ours.NangoAuthWebhookBodyError>(() => ({}) as Vendor.NangoAuthWebhookBodyError);
        asOurs<Ours.NangoAuthWebhookBody>(() => ({}) as Vendor.NangoAuthWebhookBody);
        asOurs<Ours.NangoWebhookBody>(() => ({}) as Vendor.NangoWebhookBody);
    });

    it('of the vendor names have the vendor’s members', () => {
        expectTypeOf<keyof Ours.NangoSyncWebhookBodySuccess>().toEqualTypeOf<keyof Vendor.NangoSyncWebhookBodySuccess>();
        expectTypeOf<keyof Ours.NangoSyncWebhookBodyError>().toEqualTypeOf<keyof Vendor.NangoSyncWebhookBodyError>();
        expectTypeOf<keyof Ours.NangoAuthWebhookBodySuccess>().toEqualTypeOf<keyof Vendor.NangoAuthWebhookBodySuccess>();
        expectTypeOf<keyof Ours.NangoAuthWebhookBodyError>().toEqualTypeOf<keyof Vendor.NangoAuthWebhookBodyError>();
        expectTypeOf<Mutable<Ours.NangoSyncWebhookBodySuccess>['responseResults']>().toEqualTypeOf<
            Mutable<Vendor.NangoSyncWebhookBodySuccess['responseResults']>
        >();
    });

    it('narrow by type and by success', () => {
        const narrow = (event: Ours.WebhookEvent) => {
            if (event.type === 'sync') {
                if (event.success) expectTypeOf(event.responseResults.added).toBeNumber();
                else expectTypeOf(event.error.description).toBeString();
                if (event.outcome === 'failed') expectTypeOf(event.failedAt).toBeString();
                expectTypeOf(event.isFullSync).toBeBoolean();
            } else if (event.type === 'auth') {
                if (!event.success) expectTypeOf(event.error.type).toBeString();
            } else if (event.type === 'async_action') expectTypeOf(event.payload.id).toBeString();
            else if (event.type === 'forward') expectTypeOf(event.payload).toBeUnknown();
            else expectTypeOf(event).toEqualTypeOf<Ours.UnknownEvent>();
        };
        expectTypeOf(narrow).returns.toBeVoid();
    });

    it('take bodies, headers and keys as runtimes have them', () => {
        expectTypeOf(verifyIncomingWebhookRequest).toBeCallableWith('', new Headers(), { signingKey: process.env.KEY });
        expectTypeOf(verifyIncomingWebhookRequest).toBeCallableWith(
            Buffer.of(),
            {} as import('node:http').IncomingHttpHeaders,
            {},
        );
        expectTypeOf(parseWebhook).toBeCallableWith(new ArrayBuffer(1), ['a', 'b'], { signingKeys: ['a', undefined] });
        expectTypeOf(signWebhook('', { signingKey: 'k' }).body).toBeString();
        expectTypeOf(signWebhook(Buffer.of(), { signingKey: 'k' }).body).toEqualTypeOf<Buffer<ArrayBuffer>>();
    });
});

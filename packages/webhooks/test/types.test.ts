import type * as Vendor from '@nangohq/node';
import type { APIGatewayProxyEventV2, APIGatewayProxyHandlerV2 } from 'aws-lambda';
import { describe, expectTypeOf, it } from 'vitest';
import type * as Ours from '../src/index.js';
import { parseWebhook, signWebhook, verifyIncomingWebhookRequest } from '../src/index.js';
import type apiGatewayEvent from './api-gateway-event.json';
import type { handler } from './examples/lambda.js';

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

    it('of the Lambda example are those of AWS, and so is the event that its test sends', () => {
        expectTypeOf<typeof handler>().toExtend<(event: APIGatewayProxyEventV2) => ReturnType<APIGatewayProxyHandlerV2>>();
        type Event = typeof apiGatewayEvent;
        expectTypeOf<Event>().toExtend<APIGatewayProxyEventV2>();
        // Nothing in it that a real one has not.
        expectTypeOf<Exclude<keyof Event, keyof APIGatewayProxyEventV2>>().toBeNever();
        type Context<E extends { requestContext: object }> = keyof E['requestContext'];
        expectTypeOf<Exclude<Context<Event>, Context<APIGatewayProxyEventV2>>>().toBeNever();
        type Http<E extends { requestContext: { http: object } }> = keyof E['requestContext']['http'];
        expectTypeOf<Http<Event>>().toEqualTypeOf<Http<APIGatewayProxyEventV2>>();
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

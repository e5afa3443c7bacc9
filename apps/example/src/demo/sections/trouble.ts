import { isReconnectRequired, Nango, NangoNotFoundError, NangoTimeoutError } from '@x/node';
import type { Tour } from '../tour.js';
import { ada, type World } from '../world.js';
import type { Connected } from './connect.js';

/** Failures, made to order by the emulator: what @nangohq/node hands to its caller, and what happens here instead. */
export async function troubleSection(tour: Tour, world: World, { hubspot }: Connected): Promise<void> {
    const { emulator, recorder } = world;
    const { control } = emulator;
    // Isolated: what these calls learn of the limit must not slow down the rest of the tour.
    const client = () =>
        new Nango({ apiKey: emulator.apiKey, host: emulator.url, hooks: recorder.hooks, rateLimit: { isolated: true } });

    tour.section('When things go wrong: what this client adds');
    await control.rateLimit({ limit: 1, windowMs: 1_000 });
    await client().listIntegrations();
    await tour.step(
        'listIntegrations(), limit used up',
        () => client().listIntegrations(),
        ({ configs }, { waited }) => `waited ${seconds(waited)}, then ${configs.length} integrations`,
    );
    await control.rateLimit({ limit: 4, windowMs: 1_000 });
    const busy = client();
    await busy.listIntegrations();
    await tour.step(
        '6 calls at once, limit of 4',
        () => Promise.all(Array.from({ length: 6 }, () => busy.listIntegrations())),
        () => 'held back until the window turned: no 429',
    );
    await control.rateLimit(10_000);

    const nango = client();
    await control.fault({ type: 'status', status: 503, times: 2, operation: 'listConnections' });
    await tour.step(
        'listConnections(), server down twice',
        () => nango.listConnections({ userId: ada.id }),
        ({ connections }) => `${connections.length} connections at the third try`,
    );
    await control.fault({ type: 'reset', times: 1, operation: 'getConnection' });
    await tour.step(
        'getConnection(), connection broken',
        () => nango.getConnection('hubspot', hubspot),
        ({ credentials }) => `${credentials.type}, at the second try`,
    );
    await control.fault({ type: 'latency', ms: 400, times: 1, operation: 'triggerAction' });
    await tour.step(
        'triggerAction(…, { timeout: 200 })',
        () => failure(nango.triggerAction('github', 'any', 'create-issue', {}, { timeout: 200 })),
        (error) =>
            error instanceof NangoTimeoutError ? `${error.name} after ${error.timeout} ms, not sent twice` : unexpected(error),
        { status: 'timeout' },
    );
    await tour.step(
        'getConnection(unknown)',
        () => failure(nango.getConnection('hubspot', 'nobody')),
        (error) => (error instanceof NangoNotFoundError ? `${error.name}, code “${error.code}”` : unexpected(error)),
    );
    await tour.step(
        "deleteConnection(id, '../…/github')",
        () => failure(nango.deleteConnection('hubspot', '../integrations/github')),
        (error) => (error instanceof NangoNotFoundError ? 'an id like any other: no such connection' : unexpected(error)),
    );
    await control.fault({ type: 'status', status: 400, body: { error: { code: 'invalid_credentials' } }, times: 1 });
    await tour.step(
        'getToken(), access revoked',
        () => failure(nango.getToken('hubspot', hubspot)),
        (error) => `isReconnectRequired(error): ${isReconnectRequired(error)}`,
    );
}

async function failure(call: Promise<unknown>): Promise<unknown> {
    return call.then(
        () => {
            throw new Error('The call succeeded, which it should not');
        },
        (error: unknown) => error,
    );
}

function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(1)} s`;
}

function unexpected(error: unknown): never {
    throw error;
}

import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { root } from '../harness/paths.js';
import type { RunningServer } from '../harness/server-process.js';
import { Ledger } from '../webhooks/ledger.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';

/** A framework with the recipe that the documentation gives for it. */
export interface Framework {
    /** As in the table of the documentation, e.g. `Express 5`. */
    name: string;
    /** Of the framework. */
    version: string;
    /** E.g. `Node 24`. */
    runsOn: string;
    /** Where the recipe receives, and where the same framework is wired wrongly. */
    path?: string;
    wrongPath?: string;
    /** Starts the app with these variables. */
    start(env: Record<string, string>): Promise<RunningServer>;
}

/** What the table has a column for, in this order. */
export const checkNames = [
    'signed',
    'unicode',
    '300 kB',
    'charset',
    'duplicate',
    'foreign formatting',
    'unsigned',
    'forged',
    'wrongly wired',
] as const;

/** What the receivers of a test file handled. */
const ledger = new Ledger();
let opened: Promise<Ledger> | undefined;

/** The variables of an app, the same for all of a test file: one app may have several routes. */
export async function environment(): Promise<Record<string, string>> {
    opened ??= ledger.open();
    return { NANGO_WEBHOOK_SIGNING_KEY: signingKey, LEDGER_URL: (await opened).unref().url };
}

/** Where each run leaves its results for `scripts/frameworks-table.mjs`. */
const resultsFolder = `${root}node_modules/.cache/e2e-frameworks/`;
const type = 'application/json';

/** The nine checks of one framework, over HTTP. */
export function receivesWith({ name, version, runsOn, path = '/webhooks/nango', wrongPath = '/wrong', start }: Framework): void {
    describe(name, () => {
        const passed: string[] = [];
        let server: RunningServer;
        let id = '';
        beforeAll(async () => {
            server = await start(await environment());
        });
        beforeEach(() => {
            id = crypto.randomUUID();
        });
        afterAll(async () => {
            await server?.stop();
            mkdirSync(resultsFolder, { recursive: true });
            const file = `${resultsFolder}${name.replace(/[^a-z0-9]+/gi, '-')}.json`;
            writeFileSync(file, JSON.stringify({ name, version, runsOn, passed }));
        });

        const sync = (more: object = {}) => ({
            connectionId: id,
            from: 'nango',
            model: 'Contact',
            modifiedAfter: '2026-11-22T10:00:00.000Z',
            providerConfigKey: 'crm',
            responseResults: { added: 1, deleted: 0, updated: 0 },
            success: true,
            syncName: 'contacts',
            syncType: 'INCREMENTAL',
            syncVariant: 'base',
            type: 'sync',
            ...more,
        });
        const hmac = (body: string, key = signingKey) => createHmac('sha256', key).update(body).digest('hex');
        const send = async (body: string, headers: Record<string, string> = {}, to = path) => {
            const signed = { 'content-type': type, 'x-nango-hmac-sha256': hmac(body), ...headers };
            const response = await fetch(server.url + to, { method: 'POST', headers: signed, body });
            return { status: response.status, text: await response.text() };
        };
        const handled = () => ledger.of(id).map(({ event }) => event);
        const foreign = () => `{ "type":"sync",\r\n  "é": "\\u00e9 1.0", "n": 1.0, ${JSON.stringify(sync()).slice(1)}`;

        const check = (title: (typeof checkNames)[number], run: () => Promise<void>) =>
            test(title, async () => {
                await run();
                passed.push(title);
            });

        check('signed', async () => {
            expect(await send(JSON.stringify(sync()))).toEqual({ status: 200, text: '{"outcome":"handled"}' });
            expect(handled()).toMatchObject([{ type: 'sync', outcome: 'changed' }]);
        });
        check('unicode', async () => {
            const model = 'Ünï \u{1f600} \u2028 中文';
            expect((await send(JSON.stringify(sync({ model })))).status).toBe(200);
            expect(handled()).toMatchObject([{ model }]);
        });
        check('300 kB', async () => {
            expect((await send(JSON.stringify(sync({ text: 'x'.repeat(300_000) })))).status).toBe(200);
            expect(handled()).toHaveLength(1);
        });
        check('charset', async () => {
            expect((await send(JSON.stringify(sync()), { 'content-type': `${type}; charset=utf-8` })).status).toBe(200);
            expect(handled()).toHaveLength(1);
        });
        check('duplicate', async () => {
            const body = JSON.stringify(sync());
            expect([(await send(body)).text, (await send(body)).text]).toEqual([
                '{"outcome":"handled"}',
                '{"outcome":"duplicate"}',
            ]);
            expect(handled()).toHaveLength(1);
        });
        check('foreign formatting', async () => {
            expect((await send(foreign())).status).toBe(200);
            expect(handled()).toMatchObject([{ n: 1 }]);
        });
        check('unsigned', async () => {
            const headers = { 'content-type': type };
            const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(sync()) });
            expect(response.status).toBe(401);
            expect(handled()).toEqual([]);
        });
        check('forged', async () => {
            const body = JSON.stringify(sync());
            expect((await send(body, { 'x-nango-hmac-sha256': hmac(body, 'the-api-key') })).status).toBe(401);
            expect((await send(body, { 'x-nango-hmac-sha256': hmac(`${body} `) })).status).toBe(401);
            expect(handled()).toEqual([]);
        });
        check('wrongly wired', async () => {
            // Nango sends a 5xx again, and nothing else: what the developer mends in time is not lost.
            expect((await send(foreign(), {}, wrongPath)).status).toBeGreaterThanOrEqual(500);
            await vi.waitUntil(() => /@x\/webhooks, (body_consumed|not_a_request): .+/.test(server.output()), 120_000);
            expect(handled()).toEqual([]);
            expect(server.output()).not.toContain(signingKey);
        });
    });
}

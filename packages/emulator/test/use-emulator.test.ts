import { Nango } from '@x/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seed } from '../src/index.js';
import { type TestEmulator, useEmulatorWith } from '../src/use-emulator.js';
import { useEmulator } from '../src/vitest/index.js';
import { scene } from './support/scene.js';

const emulator = useEmulator({ seed: scene });
const client = () => new Nango({ apiKey: emulator.apiKey, host: emulator.url, retry: false, rateLimit: false });
const inProcess = new Nango({ apiKey: emulator.apiKey, fetch: emulator.fetch, retry: false, rateLimit: false });
emulator.defineAction('github', 'kept', () => 'kept').defineSync('github', 'issues', { model: 'Issue', run: () => [] });

test('what it can say before it listens it says, and of the rest when', () => {
    let early: unknown;
    const fixture = useEmulatorOutsideOfTests();
    try {
        fixture.url;
    } catch (error) {
        early = error;
    }
    expect(String(early)).toContain('emulator.url is known when the tests run');
    expect(String(early)).toContain('fetch: emulator.fetch');
});

describe('between tests', () => {
    test.each([1, 2])('all is as at the start (%i)', async () => {
        const nango = client();
        expect((await nango.listConnections()).connections).toHaveLength(4);
        expect(await emulator.control.requests()).toHaveLength(1);
        await nango.deleteConnection('github', 'octo');
        await emulator.control.fault({ type: 'reset' });
        await emulator.control.freeze('2030-01-01');
        await expect(inProcess.listConnections()).rejects.toThrow();
    });

    test.each([1, 2])('functions of a test are gone, those from outside stay (%i)', async (round) => {
        expect(await client().triggerAction('github', 'octo', 'kept')).toBe('kept');
        await expect(client().triggerAction('github', 'octo', 'mine')).rejects.toMatchObject({ status: 404 });
        emulator.defineAction('github', 'mine', () => round).defineAction('github', 'kept', () => 'replaced');
        expect(await client().triggerAction('github', 'octo', 'mine')).toBe(round);
    });
});

describe('in a describe', () => {
    let seen: string;
    const own = useEmulator({ seed: { integrations: [{ provider: 'github', unique_key: 'only' }] } });
    beforeAll(() => {
        seen = own.url;
    });
    afterAll(async () => {
        // Hooks run from the inside out: it still listens.
        expect((await fetch(`${seen}/health`)).status).toBe(200);
    });

    test('it is another one, and hooks after it know its address', async () => {
        expect(seen).toBe(own.url);
        expect(own.port).not.toBe(emulator.port);
        expect((await new Nango({ apiKey: own.apiKey, host: own.url }).listIntegrations()).configs).toHaveLength(1);
    });
});

test('what is wrong with options and seed is said at once', () => {
    expect(() => useEmulator({ prot: 1 } as never)).toThrow('did you mean port?');
    expect(() => useEmulator({ seed: { conections: [] } as Seed })).toThrow('did you mean connections?');
});

function useEmulatorOutsideOfTests(): TestEmulator {
    return useEmulatorWith({ beforeAll() {}, beforeEach() {}, afterEach() {}, afterAll() {} }, {});
}

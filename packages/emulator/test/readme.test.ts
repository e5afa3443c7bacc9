import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { faultSchema } from '../src/faults/fault.js';
import * as api from '../src/index.js';
import { setScene } from './support/scene.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the examples are files that the type check reads', async () => {
    const examples = [...readme.matchAll(/<!-- (test\/examples\/\S+) -->\n```ts\n([\s\S]*?)```/g)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, path = '', code] of examples) {
        expect(await readFile(new URL(`../${path}`, import.meta.url), 'utf8'), path).toBe(code);
    }
});

test('the example does what its comments say', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./examples/in-a-test.js');
    expect(log).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ id: '1', name: 'Ada' })]);
});

describe('the tables are complete', () => {
    test('faults', () => {
        for (const { shape } of faultSchema.options) expect(readme).toContain(`| \`${shape.type.value}\` `);
    });

    test('control surface', async () => {
        const { emulator } = setScene();
        const { paths } = (await (await emulator.fetch(new Request('http://localhost/_emulator/openapi.json'))).json()) as {
            paths: Record<string, object>;
        };
        const routes = Object.keys(paths).filter((path) => path.startsWith('/_emulator/'));
        expect(routes.length).toBeGreaterThan(10);
        for (const path of routes) expect(readme).toContain(path.replace('/_emulator/', '').replace(/\{(\w+)\}/g, ':$1'));
        for (const method of Object.getOwnPropertyNames(api.EmulatorControl.prototype)) {
            if (method !== 'constructor') expect(readme, method).toContain(`${method}(`);
        }
    });

    test('default keys', () => {
        for (const key of [api.defaultApiKey, api.defaultWebhookSigningKey, api.defaultAccountKey, api.defaultEnvironmentUuid]) {
            expect(readme).toContain(key);
        }
    });
});

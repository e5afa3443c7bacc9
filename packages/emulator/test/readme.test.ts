import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { membersOf } from '../src/base/schema-members.js';
import { buildEmulator } from '../src/emulator.js';
import { startOptionNames } from '../src/emulator-options.js';
import { faultSchema } from '../src/faults/fault.js';
import * as api from '../src/index.js';
import { options, runCli } from '../src/run-cli.js';
import { setScene } from './support/scene.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the examples are files that the type check reads', async () => {
    const examples = [...readme.matchAll(/<!-- (test\/examples\/\S+) -->\n```\w+\n([\s\S]*?)```/g)];
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

    /** The names in the first column of the table under this heading. */
    const firstColumn = (heading: string) => {
        const table = readme.slice(readme.indexOf(heading)).match(/(?:^\|.*\n)+/m)?.[0] ?? '';
        const rows = table.split('\n').slice(2);
        return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^` ]+)[^`]*`/g)].map(([, name]) => name));
    };

    test('options of the library', () => {
        const named = firstColumn('| option of `createEmulator`').filter((name) => name !== 'startEmulator');
        expect(named.sort()).toEqual([...startOptionNames].sort());
    });

    test('options of the command, there and in --help', async () => {
        const known = Object.keys(options).filter((name) => name !== 'help');
        expect(firstColumn('| option                               | what').sort()).toEqual(
            known.map((name) => `--${name}`).sort(),
        );
        const help: string[] = [];
        await runCli(['--help'], { out: (text) => help.push(text), error: () => {} });
        for (const name of known) expect(help.join('')).toContain(`--${name} `);
    });

    test('bodies of control calls', () => {
        const { routes } = buildEmulator({});
        const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
        for (const { method, path, body } of routes.list.filter(({ control }) => control)) {
            if (!body || path.endsWith('/faults') || path.endsWith('/seed') || path.endsWith('/snapshot')) continue;
            const name = path.replace('/_emulator/', '');
            const row = rows.find((line) => line.startsWith(`| \`${method.toUpperCase()} ${name}\``)) ?? '';
            for (const member of Object.keys(membersOf(body, {})))
                expect(row, `${name}: ${member}`).toMatch(new RegExp(`\\b${member}\\b`));
        }
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

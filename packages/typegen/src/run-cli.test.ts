import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '@x/emulator';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { runCli } from './run-cli.js';

const compiled = fileURLToPath(new URL('../test/compiled-folder', import.meta.url));

let folder: string;
beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'typegen-'));
    return () => rm(folder, { recursive: true });
});

async function run(args: string[], env: Record<string, string> = {}) {
    const said = { out: '', error: '' };
    const exitCode = await runCli(args, {
        env,
        out: (text) => {
            said.out += text;
        },
        error: (text) => {
            said.error += text;
        },
    });
    return { exitCode, ...said };
}

test('writes the types of a folder once, and then finds them up to date', async () => {
    const file = join(folder, 'new', 'nango.gen.ts');
    const first = await run(['--folder', compiled, '--out', file]);
    expect(first).toEqual({ exitCode: 0, out: '', error: `${file} is written.\n` });
    expect(await readFile(file, 'utf8')).toBe(await readFile(join(compiled, 'nango.gen.ts'), 'utf8'));
    expect(await run(['--folder', compiled, '--out', file])).toMatchObject({ exitCode: 0, error: `${file} is up to date.\n` });
    expect(await run(['--folder', compiled, '--out', file, '--check'])).toMatchObject({ exitCode: 0 });
});

test('prints the types without --out', async () => {
    const { exitCode, out, error } = await run(['--folder', compiled]);
    expect([exitCode, error]).toEqual([0, '']);
    expect(out).toContain('export type NangoTypes = {');
});

test('a file that Git for Windows checked out is up to date', async () => {
    const file = join(folder, 'windows.gen.ts');
    await writeFile(file, (await readFile(join(compiled, 'nango.gen.ts'), 'utf8')).replaceAll('\n', '\r\n'));
    const { exitCode, error } = await run(['--folder', compiled, '--out', file, '--check']);
    expect([exitCode, error]).toEqual([0, `${file} is up to date.\n`]);
});

test('--check names a file that is not there; an empty name is refused', async () => {
    const file = join(folder, 'missing.gen.ts');
    const checked = await run(['--folder', compiled, '--out', file, '--check']);
    expect(checked).toMatchObject({ exitCode: 1, error: `${file} does not exist: run this without --check.\n` });
    for (const file of ['', '-']) {
        expect(await run(['--folder', compiled, '--out', file])).toMatchObject({
            exitCode: 1,
            error: '--out needs the name of a file; without it the types are printed.\n',
        });
    }
});

test('--check shows what is stale, and changes nothing', async () => {
    const file = join(folder, 'nango.gen.ts');
    const code = await readFile(join(compiled, 'nango.gen.ts'), 'utf8');
    await writeFile(file, code.replace('title: string;', 'name: string;'));
    const { exitCode, error } = await run(['--folder', compiled, '--out', file, '--check']);
    expect(exitCode).toBe(1);
    expect(error).toContain(`${file} is stale.`);
    expect(error).toMatch(/^- +name: string;$/m);
    expect(error).toMatch(/^\+ +title: string;$/m);
    expect(await readFile(file, 'utf8')).toContain('name: string;');
    await writeFile(file, '');
    const emptied = await run(['--folder', compiled, '--out', file, '--check']);
    expect(emptied.exitCode).toBe(1);
    expect(emptied.error).toMatch(/… and \d+ more lines/);
});

test('--integration limits the types', async () => {
    const { out } = await run(['--folder', compiled, '--integration', 'google-drive']);
    expect(out).toContain("'google-drive': GoogleDrive;");
    expect(out).not.toContain('Github');
    expect(await run(['--folder', compiled, '-i', 'gihtub'])).toMatchObject({
        exitCode: 1,
        error: 'There is no integration gihtub. There are: github, google-drive.\n',
    });
});

test.each([
    [['--check', '--folder', compiled], '--check needs --out'],
    [['--folder', '/no/such/folder'], 'Run `nango compile` in /no/such/folder first.'],
    [[], 'No API key: set NANGO_API_KEY'],
    [['--ouput', 'x'], "unknown option '--ouput'"],
    [['--folder', compiled, '--out', compiled], "can't be read"],
])('%j is refused with the fix', async (args, words) => {
    const { exitCode, error } = await run(args);
    expect(exitCode).toBe(1);
    expect(error).toContain(words);
});

test('a file that no compiler wrote is refused', async () => {
    await writeFile(join(folder, 'not-a-folder'), '');
    const { error } = await run(['--folder', join(folder, 'not-a-folder')]);
    expect(error).toContain("can't be read");
});

test('reads a running environment; each integration of a provider has its own', async () => {
    const emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: ['one', 'two'].map((unique_key) => ({ provider: 'private-api-bearer', unique_key })),
        },
    });
    onTestFinished(() => emulator.close());
    const env = { NANGO_API_KEY: emulator.apiKey, NANGO_HOST: emulator.url };
    expect(await run([], env)).toMatchObject({
        exitCode: 1,
        error: "Nothing is deployed to the environment's 2 integrations. Run `nango deploy`, or read a folder with --folder.\n",
    });
    emulator.defineSync('one', 'list-issues', { model: 'Issue', run: () => [] });
    emulator.defineAction('two', 'create-issue', () => ({}));
    const { exitCode, out } = await run([], env);
    expect(exitCode).toBe(0);
    expect(out).toContain("'list-issues': { models: 'Issue' };");
    expect(out).toContain("'create-issue': { input: unknown; output: unknown };");
    expect(out.indexOf('export type One')).toBeLessThan(out.indexOf('export type Two'));
});

test('says what is wrong with key and host, and never shows the key', async () => {
    const emulator = await startEmulator({ port: 0 });
    onTestFinished(() => emulator.close());
    const key = '11111111-2222-4333-8444-555555555555';
    const refused = await run([], { NANGO_API_KEY: key, NANGO_HOST: emulator.url });
    expect(refused.error).toContain(`${emulator.url} refuses the API key (unknown_account)`);
    const nowhere = await run([], { NANGO_API_KEY: key, NANGO_HOST: 'http://127.0.0.1:1' });
    expect(nowhere.error).toContain("http://127.0.0.1:1 can't be reached");
    expect(refused.error + nowhere.error).not.toContain(key);
});

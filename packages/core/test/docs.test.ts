import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decisionDocs } from './support/decision-docs.js';

const root = new URL('../../..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const folder = 'packages/core/test/docs/';
const pages = ['docs/resilience.md', 'docs/testing.md'];

test('the decision tables are those of the code (UPDATE_DOCS=1 writes them)', async () => {
    const page = read('docs/resilience.md');
    const [before, , after] = page.split(/(?<=<!-- decisions -->\n)([\s\S]*)(?=\n<!-- \/decisions -->)/);
    const fresh = `${before}${await decisionDocs()}${after}`;
    if (process.env.UPDATE_DOCS) writeFileSync(new URL('docs/resilience.md', root), fresh);
    else expect(page).toBe(fresh);
});

describe.each(pages)('%s', (page) => {
    test('shows code that is compiled', () => {
        const blocks = [...read(page).matchAll(/(?:<!-- (packages\/[\w./-]+\.ts) -->\n)?```ts\n(.*?)```/gs)];
        expect(blocks.length).toBeGreaterThan(0);
        for (const [, file, code] of blocks) {
            expect(file, `no file is named above:\n${code}`).toBeDefined();
            expect(code).toBe(read(file as string));
        }
    });
});

test('every example is shown', () => {
    const shown = pages.map(read).join();
    const hidden = readdirSync(new URL(folder, root)).filter((file) => !shown.includes(`<!-- ${folder}${file} -->`));
    expect(hidden).toEqual([]);
});

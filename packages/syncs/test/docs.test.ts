import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokenLinks, docBlocks } from '../../core/test/support/doc-blocks.js';
import { sqlCursors } from '../src/sql/index.js';

const pages = [
    'docs/data.md',
    'docs/queues.md',
    'packages/syncs/README.md',
    'packages/actions/README.md',
    'packages/proxy/README.md',
];
/** What the examples stand on, shown to nobody. */
const scaffolding = ['app.ts', 'nango.ts'];

describe.each(pages)('%s', (page) => {
    test('shows code that is compiled and run', () => {
        const blocks = docBlocks(page);
        expect(blocks.length).toBeGreaterThan(0);
        for (const { file, code, source } of blocks) {
            expect(file, `no file is named above:\n${code}`).toBeDefined();
            expect(code).toBe(source);
        }
    });

    test('links to what exists', () => {
        expect(brokenLinks(page)).toEqual([]);
    });
});

test('shows the table that is made', async () => {
    const made: string[] = [];
    await sqlCursors({ dialect: 'postgresql', execute: (sql) => [made.push(sql)] }).createTable();
    const page = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
    const plain = (sql: string) => sql.replace(/\s+/g, ' ').replace(/\( | \)/g, (found) => found.trim());
    expect(plain(/```sql\n(.*?)\n```/s.exec(page)?.[1] ?? '')).toBe(plain(made[0] as string));
});

test('every example is shown', () => {
    const shown = pages.flatMap(docBlocks).map(({ file }) => file);
    for (const folder of ['syncs', 'actions', 'proxy']) {
        const files = readdirSync(new URL(`../../${folder}/test/examples`, import.meta.url));
        const examples = files
            .filter((file) => !scaffolding.includes(file))
            .map((file) => `packages/${folder}/test/examples/${file}`);
        expect(examples.filter((file) => !shown.includes(file))).toEqual([]);
    }
});

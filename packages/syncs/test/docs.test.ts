import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokenLinks, docBlocks } from '../../core/test/support/doc-blocks.js';

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

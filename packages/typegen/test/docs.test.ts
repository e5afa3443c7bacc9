import { describe, expect, test } from 'vitest';
import { brokenLinks, docBlocks } from '../../core/test/support/doc-blocks.js';

describe.each(['packages/typegen/README.md', 'docs/typed-integrations.md'])('%s', (page) => {
    test('shows code that is compiled', () => {
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

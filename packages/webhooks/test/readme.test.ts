import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const pages = { 'README.md': read('../README.md'), 'docs/webhooks.md': read('../../../docs/webhooks.md') };

/** What the examples stand on, shown to nobody. */
const scaffolding = ['app.ts', 'nango.ts'];

describe('code in the documentation', () => {
    it.each(Object.entries(pages))('of %s is that of the examples, which are compiled and run', (_page, markdown) => {
        const blocks = [...markdown.matchAll(/(?:<!-- test\/(examples\/[\w.-]+) -->\n)?```ts\n(.*?)```/gs)];
        expect(blocks.length).toBeGreaterThan(0);
        for (const [, file, code] of blocks) {
            expect(file, `no example is named above:\n${code}`).toBeDefined();
            expect(code).toBe(read(`./${file}`));
        }
    });

    it('shows every example', () => {
        const shown = Object.values(pages).join();
        const examples = readdirSync(new URL('./examples', import.meta.url)).filter((file) => !scaffolding.includes(file));
        expect(examples.filter((file) => !shown.includes(`<!-- test/examples/${file} -->`))).toEqual([]);
    });
});

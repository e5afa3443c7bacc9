import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Pages whose code stands in this folder, where it is compiled and run. Other pages have theirs beside their package. */
const pages = [
    'README.md',
    'docs/quick-start.md',
    'docs/connect-a-user.md',
    'docs/read-records.md',
    'docs/call-a-provider.md',
    'docs/run-actions.md',
    'docs/handle-errors.md',
    'docs/without-an-account.md',
    'docs/serverless.md',
    'docs/observe-calls.md',
    'docs/architecture.md',
    'docs/requirements.md',
    'SECURITY.md',
    'SUPPORT.md',
    'CONTRIBUTING.md',
];

describe.each(pages)('%s', (page) => {
    const markdown = read(page);

    test('shows code that is compiled and run', () => {
        const blocks = [...markdown.matchAll(/(?:<!-- (apps\/example\/src\/docs\/[\w-]+\.ts) -->\n)?```ts\n(.*?)```/gs)];
        for (const [, file, code] of blocks) {
            expect(file, `no file is named above:\n${code}`).toBeDefined();
            expect(code).toBe(read(file as string));
        }
    });

    test('links to what exists', () => {
        const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[\w-]*)?\)/g)].map(([, path]) => path as string);
        const folder = new URL(page, root);
        const broken = links.filter((link) => {
            try {
                readFileSync(new URL(link, folder));
                return false;
            } catch (error) {
                return (error as NodeJS.ErrnoException).code !== 'EISDIR';
            }
        });
        expect(broken).toEqual([]);
    });
});

test('every example is shown', () => {
    const shown = pages.map(read).join();
    const examples = readdirSync(new URL('.', import.meta.url)).filter((file) => !file.endsWith('.test.ts'));
    expect(examples.filter((file) => !shown.includes(`<!-- apps/example/src/docs/${file} -->`))).toEqual([]);
});

test('the requirements name the version of the vendor that tests compare with', () => {
    const { version } = JSON.parse(read('packages/node/node_modules/@nangohq/node/package.json'));
    expect(read('docs/requirements.md')).toContain(`| ${version} |`);
});

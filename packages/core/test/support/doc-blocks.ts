import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../../../..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The code of a page of documentation, and what stands in the file that is named above it. */
export function docBlocks(page: string): { file: string | undefined; code: string; source: string | undefined }[] {
    const blocks = [...read(page).matchAll(/(?:<!-- ((?:packages|e2e)\/[\w/.-]+\.ts) -->\n)?```ts\n(.*?)```/gs)];
    return blocks.map(([, file, code = '']) => ({ file, code, source: file && read(file) }));
}

/** The links of a page that lead nowhere. */
export function brokenLinks(page: string): string[] {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[\w-]*)?\)/g)].map(([, path]) => path as string);
    return links.filter((link) => !existsSync(new URL(link, new URL(page, root))));
}

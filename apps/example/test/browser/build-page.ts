import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the page from the sources, beside nobody's `dist`. @returns its folder */
export async function buildPage(): Promise<string> {
    const outDir = mkdtempSync(join(tmpdir(), 'hub-page-'));
    const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
    await build({ configFile, build: { outDir }, logLevel: 'error', mode: 'production' });
    return outDir;
}

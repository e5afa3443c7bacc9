import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { bringBuildUpToDate } from '../../../scripts/build/bring-up-to-date.js';

const require = createRequire(import.meta.url);
const built = ['index.js', 'index.cjs'].map((file) => fileURLToPath(new URL(`../dist/${file}`, import.meta.url)));

/** A build step may put references to helpers of its own into functions; in the browser those do not exist. */
const helpers = /_nullishCoalesce|_optionalChain|__name\(|__spread|__vite|__require/;

beforeAll(bringBuildUpToDate);

test.each(built)('the Connect page of %s uses nothing from outside of its script', async (file) => {
    const { createEmulator } = file.endsWith('.cjs') ? require(file) : await import(file);
    const page = await createEmulator().fetch(new Request('http://localhost:3003/connect-ui/'));
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(await page.text()) ?? [];
    expect(script.length).toBeGreaterThan(5000);
    expect(script).not.toMatch(helpers);
});

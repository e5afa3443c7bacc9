import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readFolder } from '../read/read-folder.js';
import { generateTypes } from './generate-types.js';

/** Compiled by the vendor's command from functions with zod schemas. */
const folder = fileURLToPath(new URL('../../test/compiled-folder', import.meta.url));

it('writes the types of a compiled folder', async () => {
    const { code, warnings } = await generateTypes(await readFolder(folder));
    expect(warnings).toEqual([]);
    await expect(code).toMatchFileSnapshot('../../test/compiled-folder/nango.gen.ts');
});

it('writes the same text whatever order integrations and functions come in', async () => {
    const integrations = await readFolder(folder);
    const turned = integrations.map((integration) => ({ ...integration, syncs: integration.syncs.toReversed() })).toReversed();
    expect((await generateTypes(turned)).code).toBe((await generateTypes(integrations)).code);
});

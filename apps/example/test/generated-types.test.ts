import { generateTypes, readEnvironment } from '@x/typegen';
import { expect, test } from 'vitest';
import { startHubEmulator } from '../src/hub-demo/hub-emulator.js';

/** `vitest run -u` writes the file; with an environment of Nango, `npx nango-typegen --out src/server/nango.gen.ts` does. */
test('the types of the app are those of what is deployed', async () => {
    const emulator = await startHubEmulator('http://127.0.0.1:1');
    try {
        const { code } = await generateTypes(await readEnvironment({ apiKey: emulator.apiKey, host: emulator.url }));
        await expect(code).toMatchFileSnapshot('../src/server/nango.gen.ts');
    } finally {
        await emulator.close();
    }
});

import { expect, it } from 'vitest';
import { generateTypes } from '../src/index.js';
import { emulatorWithSchemas, readEmulator } from './from-emulator.js';

it('writes the types of what the emulator has, nasty schemas too', async () => {
    const { code, warnings } = await generateTypes(await readEmulator(await emulatorWithSchemas()));
    await expect(code).toMatchFileSnapshot('types/from-emulator/nango.gen.ts');
    expect(warnings).toEqual(['nasty-1: the type of "Broken" is unknown: its reference "#/$defs/Lost" leads nowhere.']);
});

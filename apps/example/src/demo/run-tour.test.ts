import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, Printer } from './print.js';
import { runTour } from './run-tour.js';
import { startWorld, type World } from './world.js';

let world: World;
let lines: readonly Line[];
let printed = '';

beforeAll(async () => {
    world = await startWorld();
    lines = await runTour(world, new Printer({ write: (text: string) => (printed += text) }, {}));
    console.log(printed);
}, 60_000);
afterAll(() => world?.close());

test('tour', () => {
    expect(lines.length).toBeGreaterThan(5);
});

import { writeFileSync } from 'node:fs';
import { pictureOf } from './demo/picture.js';
import { Printer } from './demo/print.js';
import { runTour } from './demo/run-tour.js';
import { startWorld } from './demo/world.js';

/**
 * `pnpm demo`: starts the emulator and the app on free ports and takes the tour. In a terminal the app then goes on serving;
 * elsewhere the process ends. `pnpm demo --picture` also writes what it prints to docs/pictures/demo.svg.
 */
// The tour shows the older forms beside today's, without their warnings.
process.noDeprecation = true;

const picture = process.argv.includes('--picture');
let printed = '';
const recorded = {
    isTTY: true,
    columns: 150,
    write(text: string) {
        printed += text;
        process.stdout.write(text);
    },
};
const printer = picture ? new Printer(recorded, {}) : new Printer(process.stdout, process.env);
const started = performance.now();
const world = await startWorld();
printer.text();
printer.text(printer.bold('Every call of the Nango API, against an emulator on this machine: no account, no network.'));
printer.text(`Emulator ${world.emulator.url}   App ${world.appUrl}`);

const lines = await runTour(world, printer);
const failed = lines.filter(({ ok }) => !ok).length;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
printer.text();
printer.text(printer.bold(`${lines.length} calls, ${failed} failed, ${seconds} s`));

if (picture) writeFileSync(new URL('../../../docs/pictures/demo.svg', import.meta.url), pictureOf(printed));
if (failed > 0 || picture || !process.stdout.isTTY) {
    process.exitCode = failed > 0 ? 1 : 0;
    await world.close();
} else {
    printer.text();
    printer.text(`The app goes on serving: ${printer.bold(world.appUrl)} is what Ada sees.`);
    printer.text(`The emulator shows what it sees at ${world.emulator.url}. Ctrl+C ends both.`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => void world.close().then(() => process.exit(0)));
    }
}

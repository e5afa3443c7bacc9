import { writeFileSync } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';
import { pictureOf } from './demo/picture.js';
import { Printer } from './demo/print.js';
import { runTour } from './demo/run-tour.js';
import { startWorld } from './demo/world.js';
import { type HubWorld, startHubWorld } from './hub-demo/hub-world.js';

/**
 * `pnpm demo`: makes every call against an emulator and prints it; then starts the Contacts hub, with an emulator of its own, where
 * contacts change while one looks. In a terminal it goes on until Ctrl+C; elsewhere it ends when the hub is up. `pnpm demo --picture` also
 * writes what the tour prints to docs/pictures/demo.svg.
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

/** @param page resolves when the hub's page is built */
export async function demo(page: Promise<void>): Promise<void> {
    const failed = await takeTour();
    await page;
    const hub = await startHubWorld();
    printer.text();
    printer.text(`The Contacts hub, a product on top of it:  ${printer.bold(hub.hub.url)}`);
    printer.text(`What Nango sees of it:                     ${hub.emulator.url}`);
    if (failed > 0 || picture || !process.stdout.isTTY) {
        process.exitCode = failed > 0 ? 1 : 0;
        await hub.close();
        return;
    }
    printer.text();
    printer.text(
        'Sign in as Ada: her HubSpot is connected, and its contacts change while you look. For Folk, any key like FOLKdemo2026 works.',
    );
    play(hub);
}

async function takeTour(): Promise<number> {
    const world = await startWorld();
    printer.text();
    printer.text(printer.bold('Every call of the Nango API, against an emulator on this machine: no account, no network.'));
    printer.text(`Emulator ${world.emulator.url}`);
    const lines = await runTour(world, printer);
    const failed = lines.filter(({ ok }) => !ok).length;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    printer.text();
    printer.text(printer.bold(`${lines.length} calls, ${failed} failed, ${seconds} s`));
    if (picture) writeFileSync(new URL('../../../docs/pictures/demo.svg', import.meta.url), pictureOf(printed));
    await world.close();
    return failed;
}

/** Things happen by themselves, and more when a key is pressed. */
function play(hub: HubWorld): void {
    const keys: Record<string, [what: string, act: () => Promise<unknown>]> = {
        b: ['break HubSpot’s access', () => hub.revoke('hubspot')],
        d: ['delete HubSpot’s connection at Nango', () => hub.deleteAtNango('hubspot')],
        r: ['restart Nango: 10 s without it', () => hub.emulator.control.restart(10)],
    };
    const menu = Object.entries(keys).map(([key, [what]]) => `${printer.bold(key)} ${what}`);
    printer.text(`Keys: ${menu.join(', ')}, ${printer.bold('q')} quit`);

    const say = (error: unknown) => printer.note(error instanceof Error ? error.message : String(error));
    const changes = setInterval(() => {
        hub.hubspot.change();
        hub.folk.change();
        hub.syncNow().catch(() => {});
    }, 5_000);
    const quit = () => {
        clearInterval(changes);
        void hub.close().then(() => process.exit(0));
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, quit);
    if (!process.stdin.isTTY) return;
    emitKeypressEvents(process.stdin);
    process.stdin.setRawMode(true);
    process.stdin.on('keypress', (_text, key: { name?: string; ctrl?: boolean }) => {
        if (key.name === 'q' || (key.ctrl && key.name === 'c')) return quit();
        const [what, act] = keys[key.name ?? ''] ?? [];
        if (!what || !act) return;
        printer.note(what);
        act().catch(say);
    });
}

import { type BuiltEmulator, buildEmulator } from './emulator.js';
import { checkStartOptions, type StartOptions } from './emulator-options.js';
import { listen, type RunningEmulator } from './start-emulator.js';

/** The hooks of a test runner. */
export interface Hooks {
    beforeAll(run: () => Promise<void>): void;
    beforeEach(run: () => Promise<void>): void;
    afterEach(run: () => void): void;
    afterAll(run: () => Promise<void>): void;
}

/** An emulator that a test runner starts, resets and closes. */
export interface TestEmulator extends Omit<RunningEmulator, 'close'> {}

/** One emulator for the tests of a file, or of a `describe`: it listens before the first, is reset before each, and closes after the last. */
export function useEmulatorWith(hooks: Hooks, options: StartOptions): TestEmulator {
    if (typeof Request !== 'function' || typeof process !== 'object')
        throw new TypeError(
            'useEmulator needs the test environment "node": say @jest-environment node or @vitest-environment node on top.',
        );
    const { port = 0, ...rest } = checkStartOptions(options);
    const built = buildEmulator(rest);
    const { context } = built.emulator;
    const { emulator, started } = asFixture(built);
    let running: RunningEmulator | undefined;
    let forget = () => {};
    hooks.beforeAll(async () => {
        running = await listen({ ...built, emulator: { ...built.emulator } }, { ...rest, port });
        started(running);
    });
    hooks.beforeEach(async () => {
        await emulator.control.reset();
        forget = context.functions.mark();
    });
    // Functions that a test defined are no others' business.
    hooks.afterEach(() => forget());
    hooks.afterAll(async () => running?.close());
    return emulator;
}

/** All of an emulator that is there before it listens; its address comes with the start. */
function asFixture({ emulator: inner }: BuiltEmulator) {
    let running: RunningEmulator | undefined;
    const address = <Name extends 'url' | 'port'>(name: Name) => ({
        get(): RunningEmulator[Name] {
            if (running) return running[name];
            throw new Error(
                `emulator.${name} is known when the tests run. Make the client in a test or in a beforeAll after useEmulator, ` +
                    'or give it `fetch: emulator.fetch`, which needs no address.',
            );
        },
    });
    const emulator = Object.defineProperties(
        {
            ...inner,
            defineSync: (...definition: Parameters<typeof inner.defineSync>) => {
                inner.defineSync(...definition);
                return emulator;
            },
            defineAction: (...definition: Parameters<typeof inner.defineAction>) => {
                inner.defineAction(...definition);
                return emulator;
            },
        },
        { url: address('url'), port: address('port') },
    ) as TestEmulator;
    const started = (one: RunningEmulator) => {
        running = one;
    };
    return { emulator, started };
}

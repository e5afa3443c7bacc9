import { requireLater } from '../base/require-later.js';
import type { StartOptions } from '../emulator-options.js';
import { type Hooks, type TestEmulator, useEmulatorWith } from '../use-emulator.js';

/**
 * An emulator for the tests of a file, or of the `describe` that it is called in: it listens on a free port before the first test, is reset
 * before each, and closes after the last. Suites that run side by side have one each.
 *
 * Reset means: the state of the options, no faults, no logs, the clock as at the start. Functions stay when they were defined outside of
 * a test. Tests that run at the same time within one file (`test.concurrent`) share one: give each an emulator of its own.
 *
 * @example
 * ```ts
 * const emulator = useEmulator({ seed });
 *
 * test('…', async () => {
 *     const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url });
 * });
 * ```
 * @param options - those of `startEmulator`; the port is any free one unless you name it
 * @throws Error when it is not called in a test file of jest
 * @throws TypeError or SeedError at once when an option or the seed is wrong
 */
export function useEmulator(options: StartOptions = {}): TestEmulator {
    return useEmulatorWith(hooks(), options);
}

/** jest's globals; where they are switched off (`injectGlobals: false`), its module, which it provides itself. */
function hooks(): Hooks {
    const { beforeAll, beforeEach, afterEach, afterAll } = globalThis as Partial<Hooks>;
    if (beforeAll && beforeEach && afterEach && afterAll) return { beforeAll, beforeEach, afterEach, afterAll };
    try {
        return requireLater('@jest/globals') as Hooks;
    } catch (cause) {
        const message =
            'useEmulator of @x/emulator/jest is called in a test file of jest. For vitest there is @x/emulator/vitest.';
        throw new Error(message, { cause });
    }
}

export type { StartOptions, TestEmulator };

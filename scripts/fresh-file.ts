import { vi } from 'vitest';

/** A file that shares its process with others finds what a new one has: nothing warned of yet, the environment and the clock as they were. */
for (const name of ['nango.warned.v1', 'nango.webhooks.warned']) {
    (globalThis as unknown as Record<symbol, Set<string> | undefined>)[Symbol.for(name)]?.clear();
}
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.useRealTimers();

import { vi } from 'vitest';

const own = Symbol.for('globals of a new process');

/** A file that shares its process with others finds what a new one has: nothing warned of yet, globals, environment and clock as they were. */
for (const name of ['nango.warned.v1', 'nango.webhooks.warned']) {
    (globalThis as unknown as Record<symbol, Set<string> | undefined>)[Symbol.for(name)]?.clear();
}
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.useRealTimers();

// Hono's server puts its own in their place.
const shared = globalThis as { [own]?: Pick<typeof globalThis, 'Request' | 'Response'> };
shared[own] ??= { Request, Response };
for (const [name, value] of Object.entries(shared[own])) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { warnOnce } from './warn-once.js';

const topics = Symbol.for('nango.warned.v1');
const globals = globalThis as { [topics]?: unknown };
let before: unknown;
beforeEach(() => {
    before = globals[topics];
    delete globals[topics];
});
afterEach(() => {
    globals[topics] = before;
});

test('a topic is warned of once in a process, whichever copy asks', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    warnOnce('a', 'a is deprecated');
    warnOnce('a', 'a is deprecated');
    warnOnce('b', 'b is deprecated');
    vi.resetModules();
    (await import('./warn-once.js')).warnOnce('a', 'a is deprecated');
    expect(warn.mock.calls).toEqual([
        ['a is deprecated', 'DeprecationWarning'],
        ['b is deprecated', 'DeprecationWarning'],
    ]);
});

test.each([undefined, {}])('where the process (%j) can not be warned, the console is', (process) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.stubGlobal('process', process);
    try {
        warnOnce('a', 'a is deprecated');
    } finally {
        vi.unstubAllGlobals();
    }
    expect(warn).toHaveBeenCalledExactlyOnceWith('a is deprecated');
});

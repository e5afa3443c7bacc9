import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { warnOnce } from '../src/warn-once.js';

const warned = Symbol.for('nango.webhooks.warned');
const forget = () => (globalThis as { [warned]?: Set<string> })[warned]?.clear();
beforeEach(forget);
afterEach(() => {
    vi.unstubAllGlobals();
    forget();
});

it('is a process warning on Node, once for each text', () => {
    const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    for (const text of ['a', 'a', 'b', 'a']) warnOnce(text);
    expect(emitted.mock.calls).toEqual([
        ['a', 'Warning'],
        ['b', 'Warning'],
    ]);
});

it.each([
    ['no process', undefined],
    ['a process that gives no warnings', {}],
])('is written to the console where there is %s', (_where, process) => {
    const written = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubGlobal('process', process);
    warnOnce('a');
    warnOnce('a');
    vi.unstubAllGlobals();
    expect(written.mock.calls).toEqual([['a']]);
});

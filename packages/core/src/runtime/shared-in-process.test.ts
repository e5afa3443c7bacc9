import { expect, test, vi } from 'vitest';
import { sharedInProcess } from './shared-in-process.js';

test('copies of the package find one value under one name, and another under another', async () => {
    const create = vi.fn(() => new Set<string>());
    const value = sharedInProcess('nango.test.v1', create);
    vi.resetModules();
    const copy = await import('./shared-in-process.js');
    expect(copy.sharedInProcess('nango.test.v1', create)).toBe(value);
    expect(copy.sharedInProcess('nango.test.v2', create)).not.toBe(value);
    expect(create).toHaveBeenCalledTimes(2);
});

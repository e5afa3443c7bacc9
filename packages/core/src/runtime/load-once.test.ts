import { expect, test, vi } from 'vitest';
import { loadOnce } from './load-once.js';

test('loads when it is first needed, for all who wait, and once', async () => {
    const load = vi.fn(async () => ({}));
    const module = loadOnce(load);
    expect(load).not.toHaveBeenCalled();
    const [one, other] = await Promise.all([module(), module()]);
    expect([other, await module()]).toEqual([one, one]);
    expect(load).toHaveBeenCalledOnce();
});

test('a failure is not kept: who needs it next tries again', async () => {
    const load = vi.fn(async () => 'loaded').mockRejectedValueOnce(new Error('EMFILE'));
    const module = loadOnce(load);
    await expect(module()).rejects.toThrow('EMFILE');
    expect(await module()).toBe('loaded');
});

import { expect, test, vi } from 'vitest';
import { onAbort } from './on-abort.js';

test('all that wait for one signal share one listener of it, which goes with the last', () => {
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, 'addEventListener');
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const heard: number[] = [];
    const back = [1, 2, 3].map((number) => onAbort(controller.signal, () => heard.push(number)));
    expect(added).toHaveBeenCalledTimes(1);
    back[1]?.();
    back[1]?.();
    expect(removed).not.toHaveBeenCalled();
    controller.abort();
    expect(heard).toEqual([1, 3]);

    const other = new AbortController();
    const dropped = vi.spyOn(other.signal, 'removeEventListener');
    const listener = vi.fn();
    const both = [onAbort(other.signal, listener), onAbort(other.signal, listener)];
    both[0]?.();
    expect(dropped).not.toHaveBeenCalled();
    both[1]?.();
    expect(dropped).toHaveBeenCalledTimes(1);
    other.abort();
    expect(listener).not.toHaveBeenCalled();
});

test('one that is taken back or added while the others are called', () => {
    const controller = new AbortController();
    const late = vi.fn();
    onAbort(controller.signal, () => onAbort(controller.signal, late));
    controller.abort();
    expect(late).not.toHaveBeenCalled();
});

import { expect, test, vi } from 'vitest';
import { accountState, registry } from './registry.js';

test('an account is what it was, whoever asks for it, and two copies of the package share it', async () => {
    const account = accountState('one', 'hash');
    expect(account.key).toBe('hash');
    expect(accountState('one', 'hash')).toBe(account);
    expect(accountState('two', 'hash')).not.toBe(account);
    vi.resetModules();
    const copy = await import('./registry.js');
    expect(copy.accountState('one', 'hash')).toBe(account);
});

test('a thousand accounts are remembered; the one that was asked for longest ago goes first, unless calls wait in it', () => {
    registry().accounts.clear();
    const open = (name: string) => accountState(name, name);
    const waiting = open('waiting');
    waiting.gate.queue.push({} as never);
    const old = open('old');
    const used = open('used');
    for (let i = 0; i < 997; i++) open(`n${i}`);
    expect(open('old')).toBe(old);
    open('used');
    expect(registry().accounts.size).toBe(1_000);
    open('one more');
    expect([...registry().accounts.keys()].slice(0, 2)).toEqual(['waiting', 'n1']);
    for (let i = 0; i < 997; i++) open(`m${i}`);
    expect([open('waiting') === waiting, open('used') === used, open('old') === old]).toEqual([true, true, false]);
});

import { expect, test, vi } from 'vitest';
import { accountState, sharedGates } from './registry.js';

test('an account is what it was, whoever asks for it, and two copies of the package share it', async () => {
    const { key, gate, budget } = accountState('one', 'hash', 'http://h');
    expect(key).toBe('hash');
    const again = accountState('one', 'hash', 'http://h');
    expect(again.gate).toBe(gate);
    expect(again.budget).toBe(budget);
    expect(accountState('two', 'hash', 'http://h').gate).not.toBe(gate);
    expect(accountState('two', 'hash', 'http://h').budget).not.toBe(budget);
    vi.resetModules();
    const copy = await import('./registry.js');
    expect(copy.accountState('one', 'hash', 'http://h').gate).toBe(gate);
    expect(copy.accountState('one', 'hash', 'http://h').budget).toBe(budget);
});

test('a copy whose gates have other fields paces alone, and still shares what has not changed', async () => {
    const { gate, budget } = accountState('one', 'hash', 'http://h');
    vi.resetModules();
    vi.doMock('../rate-limit/gate-state.js', async (actual) => ({ ...(await actual<object>()), gateShape: 'nango.gate.v0' }));
    const other = await import('./registry.js');
    vi.doUnmock('../rate-limit/gate-state.js');
    expect(other.accountState('one', 'hash', 'http://h').gate).not.toBe(gate);
    expect(other.accountState('one', 'hash', 'http://h').budget).toBe(budget);
    expect(accountState('one', 'hash', 'http://h').gate).toBe(gate);
});

test('a thousand accounts are remembered; the one that was asked for longest ago goes first, unless calls wait in it', () => {
    sharedGates().clear();
    const open = (name: string) => accountState(name, name, 'http://h').gate;
    const waiting = open('waiting');
    waiting.line.waiting.push({} as never);
    const old = open('old');
    const used = open('used');
    for (let i = 0; i < 997; i++) open(`n${i}`);
    expect(open('old')).toBe(old);
    open('used');
    expect(sharedGates().size).toBe(1_000);
    open('one more');
    expect([...sharedGates().keys()].slice(0, 2)).toEqual(['waiting', 'n1']);
    for (let i = 0; i < 997; i++) open(`m${i}`);
    expect([open('waiting') === waiting, open('used') === used, open('old') === old]).toEqual([true, true, false]);
});

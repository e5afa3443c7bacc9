import { expect, test } from 'vitest';
import { readLimits } from './read-limits.js';

const now = 1_800_000_000_000;
/** Headers of an answer made at `at` (ms, by the server's clock) whose window ends so many seconds later. */
const headers = (resetIn: number, more: Record<string, unknown> = {}, at = now) => ({
    date: new Date(at).toUTCString(),
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '150',
    'x-ratelimit-reset': String(at / 1_000 + resetIn),
    ...more,
});

test('the end is measured by the clock of the server, and one second late', () => {
    const told = { limit: 200, remaining: 150, endsIn: 31_000 };
    expect(readLimits(headers(30), now, false)).toEqual(told);
    expect(readLimits(headers(30, {}, now - 86_400_000), now, false)).toEqual(told);
    expect(readLimits(headers(30, {}, now + 86_400_000), now, false)).toEqual(told);
});

test.each([undefined, 'soon', 5])('without a date that can be read (%s) it is measured by ours', (date) => {
    expect(readLimits(headers(30, { date }), now - 2_000, false)).toMatchObject({ endsIn: 33_000 });
});

test('a window that is over has an end in the past', () => {
    expect(readLimits(headers(-20), now, false)).toMatchObject({ endsIn: -19_000 });
});

test('an answer without any of the headers says nothing about a limit', () => {
    expect(readLimits({}, now, false)).toBe('absent');
    expect(readLimits({ date: new Date(now).toUTCString(), 'retry-after': '3' }, now, false)).toBe('absent');
});

test.each([
    [{ 'x-ratelimit-remaining': '0' }, 0],
    [{ 'x-ratelimit-remaining': '200' }, 200],
    [{ 'x-ratelimit-limit': '999999999999999', 'x-ratelimit-remaining': '1' }, 1],
    [{ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '1' }, 1],
])('%j makes sense', (more, remaining) => {
    expect(readLimits(headers(30, more), now, false)).toMatchObject({ remaining });
});

test.each([
    { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' },
    { 'x-ratelimit-remaining': '201' },
    { 'x-ratelimit-remaining': '-1' },
    { 'x-ratelimit-remaining': '1.5' },
    { 'x-ratelimit-remaining': 'many' },
    { 'x-ratelimit-remaining': '' },
    { 'x-ratelimit-remaining': '15 of 200' },
    { 'x-ratelimit-remaining': 150 },
    { 'x-ratelimit-limit': '200, 5000' },
    { 'x-ratelimit-limit': ['200'] },
    { 'x-ratelimit-limit': '9999999999999999' },
    { 'x-ratelimit-reset': 'soon' },
    { 'x-ratelimit-limit': undefined },
    { 'x-ratelimit-remaining': undefined },
    { 'x-ratelimit-reset': undefined },
    { 'x-ratelimit-limit': undefined, 'x-ratelimit-remaining': undefined },
    { 'x-ratelimit-limit': undefined, 'x-ratelimit-reset': undefined },
    { 'x-ratelimit-remaining': undefined, 'x-ratelimit-reset': undefined },
])('%j makes none', (more) => {
    expect(readLimits(headers(30, more), now, false)).toBeUndefined();
});

test.each([
    [false, 299, 300],
    [true, 61, 62],
])("of a proxied answer (%s) a reset in %i s can be Nango's, one in %i s is somebody else's", (proxied, near, far) => {
    expect(readLimits(headers(near), now, proxied)).toMatchObject({ endsIn: (near + 1) * 1_000 });
    expect(readLimits(headers(far), now, proxied)).toBeUndefined();
});

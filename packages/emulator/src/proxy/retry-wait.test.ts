import { expect, test } from 'vitest';
import { isRetryableCode } from '../outbound/retryable-code.js';
import { isRetryableStatus, retryWait } from './retry-wait.js';

const failure = (status: number, headers: Record<string, string> = {}, body = '') => ({
    status,
    header: (name: string) => headers[name],
    body,
});

test.each([401, 429, 500, 503])('%i is retried by default', (status) => {
    expect(isRetryableStatus(failure(status), undefined, [])).toBe(true);
});

test.each([400, 403, 404, 304])('%i is not, unless Retry-On names it', (status) => {
    expect(isRetryableStatus(failure(status), undefined, [])).toBe(false);
    expect(isRetryableStatus(failure(status), undefined, [status])).toBe(true);
});

test("a provider's own set replaces the default one", () => {
    const retry = { error_code: ['403', '5xx'] };
    expect([401, 403, 500, 503].map((status) => isRetryableStatus(failure(status), retry, []))).toEqual([
        false,
        true,
        true,
        true,
    ]);
});

test('a used-up quota is worth waiting for', () => {
    expect(isRetryableStatus(failure(400, { 'x-remaining': '0' }), { remaining: 'X-Remaining' }, [])).toBe(true);
});

test('waits 3 s, then twice as long each time, at most 10 minutes', () => {
    expect([1, 2, 3, 20].map((tried) => retryWait(undefined, undefined, tried, 0))).toEqual([3000, 6000, 12_000, 600_000]);
});

test('waits as long as the header or body says that the provider names', () => {
    const now = 1_000_000;
    const wait = (headers: Record<string, string>, retry: Parameters<typeof retryWait>[1], body = '') =>
        retryWait(failure(429, headers, body), retry, 1, now);
    expect(wait({ 'x-reset': '1042' }, { at: ['x-reset'] })).toBe(42_000);
    expect(wait({ 'x-reset': '999' }, { at: ['x-reset'] })).toBe(3000);
    expect(wait({ 'retry-after': '7' }, { after: 'Retry-After' })).toBe(7000);
    expect(wait({ 'retry-after': 'soon' }, { after: 'retry-after' })).toBe(3000);
    const body = { path: 'error.message', value: '/Retry after (.+)/', strategy: 'after' as const };
    expect(wait({}, { in_body: body }, '{"error":{"message":"Slow down. Retry after 5"}}')).toBe(5000);
    expect(wait({}, { in_body: body }, 'not json')).toBe(3000);
});

test('knows the network codes that are worth another try', () => {
    expect(isRetryableCode('ECONNRESET')).toBe(true);
    expect(isRetryableCode('ENOTFOUND')).toBe(false);
});

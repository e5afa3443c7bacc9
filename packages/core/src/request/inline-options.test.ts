import { expect, test } from 'vitest';
import { inlineOptions } from './inline-options.js';

test('options given beside a config win over those in it; neither is changed', () => {
    const { signal } = new AbortController();
    const config = Object.freeze({
        signal,
        timeout: 1,
        totalTimeout: 2,
        retry: false,
        rateLimit: false,
        headers: { a: 'b' },
    } as const);
    const options = Object.freeze({ timeout: 9, retry: { limit: 1 }, headers: { c: 'd' } });
    expect(inlineOptions(config, options)).toEqual({
        signal,
        timeout: 9,
        totalTimeout: 2,
        retry: { limit: 1 },
        rateLimit: false,
        headers: { c: 'd' },
    });
    // Those in the config are the provider's.
    expect(inlineOptions(config, undefined)?.headers).toBeUndefined();
    expect(inlineOptions(config, undefined)).toMatchObject({
        signal,
        timeout: 1,
        totalTimeout: 2,
        retry: false,
        rateLimit: false,
    });
});

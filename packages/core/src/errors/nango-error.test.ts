import { expect, test, vi } from 'vitest';
import { NangoApiError, NangoNotFoundError, NangoProviderError } from './api-error.js';
import { NangoConfigError } from './config-error.js';
import { NangoError } from './nango-error.js';

const details = {
    operation: 'getConnection',
    method: 'GET',
    path: '/connections/{connectionId}',
    response: { status: 404, statusText: 'Not Found', headers: {}, data: {} },
    code: 'not_found',
    payload: undefined,
    errors: [],
    source: 'nango',
} as const;

test('instanceof and isInstance tell the classes apart', () => {
    const error = new NangoNotFoundError('gone', details);
    expect(error instanceof NangoNotFoundError).toBe(true);
    expect(error instanceof NangoApiError).toBe(true);
    expect(error instanceof NangoError).toBe(true);
    expect(error instanceof NangoProviderError).toBe(false);
    expect(error instanceof NangoConfigError).toBe(false);
    expect(NangoApiError.isInstance(error)).toBe(true);
    expect(NangoConfigError.isInstance(error)).toBe(false);
    expect(error.name).toBe('NangoNotFoundError');
});

test('errors of another copy of the package are recognised', async () => {
    vi.resetModules();
    const copy = await import('./api-error.js');
    const error = new copy.NangoNotFoundError('gone', details);
    expect(copy.NangoNotFoundError).not.toBe(NangoNotFoundError);
    expect(error instanceof NangoNotFoundError).toBe(true);
    expect(error instanceof NangoApiError).toBe(true);
    expect(error instanceof NangoProviderError).toBe(false);
});

test.each([null, undefined, 1, 'x', {}, new Error('x'), Object.create(null), () => 1])('%s is none of them', (value) => {
    expect((value as unknown) instanceof NangoError).toBe(false);
    expect(NangoApiError.isInstance(value)).toBe(false);
});

test("a user's own subclass is not every error of its parent", () => {
    class Mine extends NangoApiError {}
    expect(new NangoNotFoundError('x', details) instanceof Mine).toBe(false);
    expect(new Mine('x', details) instanceof Mine).toBe(true);
    expect(new Mine('x', details) instanceof NangoApiError).toBe(true);
});

test('JSON tells name and message beside the fields, and neither stack nor response', () => {
    const json = JSON.parse(JSON.stringify(new NangoNotFoundError('gone', details)));
    expect(json).toMatchObject({ name: 'NangoNotFoundError', message: 'gone', status: 404, code: 'not_found' });
    expect(json).not.toHaveProperty('stack');
    expect(json).not.toHaveProperty('response');
});

test('code written for axios finds its members, and printing does not', () => {
    const error = new NangoApiError('no', details);
    expect(error.isAxiosError).toBe(true);
    expect(error.response.status).toBe(404);
    expect(Object.keys(error)).not.toContain('response');
    expect('config' in error).toBe(false);
    expect('request' in error).toBe(false);
});

import { expect, test } from 'vitest';
import { errorType } from './error-type.js';

test.each([
    ['the status of an answer', { name: 'NangoApiError', status: 404, code: 'not_found' }, '404'],
    ['a status that was made up, by its name', { name: 'NangoRateLimitError', status: 429, sent: false }, 'NangoRateLimitError'],
    ['a good status with a bad body, by its name', { name: 'NangoResponseError', status: 200 }, 'NangoResponseError'],
    ['a status that is none', { name: 'Odd', status: '404' }, 'Odd'],
    ['the lowest that is an error', { name: 'Odd', status: 400 }, '400'],
    ['a broken connection', { name: 'NangoNetworkError', code: 'ECONNRESET' }, 'ECONNRESET'],
    ['one without a code', { name: 'NangoNetworkError', code: undefined }, 'NangoNetworkError'],
    ['the code of anything else is left out', { name: 'NangoTimeoutError', code: 'ECONNABORTED' }, 'NangoTimeoutError'],
    ['an error of somebody else', new RangeError('secret words'), 'RangeError'],
    ['a name that is a message', { name: 'secret words' }, '_OTHER'],
    ['one that begins like a name', { name: 'Error: secret' }, '_OTHER'],
    ['one that ends like a name', { name: ': secret' }, '_OTHER'],
    ['one that is too long', { name: 'x'.repeat(65) }, '_OTHER'],
    ['the longest', { name: 'x'.repeat(64) }, 'x'.repeat(64)],
    ['no name', {}, '_OTHER'],
    ['a number for a name', { name: 7 }, '_OTHER'],
    ['a code that is a message', { name: 'NangoNetworkError', code: 'no route to host' }, 'NangoNetworkError'],
    ['a word', 'secret', '_OTHER'],
    ['null', null, '_OTHER'],
    ['nothing', undefined, '_OTHER'],
])('%s', (_what, error, type) => {
    expect(errorType(error)).toBe(type);
});

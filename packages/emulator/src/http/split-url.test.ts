import { expect, test } from 'vitest';
import { splitUrl } from './split-url.js';

test.each([
    'http://h/',
    'http://h/?',
    'http://h/?#',
    'http://h/a/b?c=d/e?f',
    'http://127.0.0.1:3003/a%2Fb?x=http://y/z',
    'http://h/a#b?c',
    'http://h/a?b#c/d',
    'http://h/a?#b',
    'http://[::1]:3003/a//b',
])('%s is cut as URL cuts it', (url) => {
    const { pathname, search } = new URL(url);
    expect(splitUrl(url)).toEqual({ pathname, search });
});

import { expect, test } from 'vitest';
import { cleanText, knownValues } from './deep-redaction.js';

test.each([
    ['encodeURIComponent', "a(b)!*'c%20d%26e"],
    ['URLSearchParams', 'a%28b%29%21*%27c+d%26e'],
    ['encoders that keep to RFC 3986', 'a%28b%29%21%2A%27c%20d%26e'],
    ['those that write lower case', 'a%28b%29%21%2a%27c%20d%26e'],
    ['HTML', "a(b)!*'c d&amp;e"],
    ['HTML with its single quotes', 'a(b)!*&#39;c d&amp;e'],
])('a secret as %s writes it', (_by, written) => {
    expect(cleanText(`before ${written} after`, knownValues(["a(b)!*'c d&e"], undefined))).toBe('before [redacted] after');
});

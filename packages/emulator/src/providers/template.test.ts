// biome-ignore-all lint/suspicious/noTemplateCurlyInString: provider templates are written this way.
import { expect, test } from 'vitest';
import { fillTemplate } from './template.js';
import { templateFunctions } from './template-functions.js';

const now = new Date('2026-08-22T10:11:12.345Z');
const request = { method: 'GET', url: 'https://a.example/', body: '', now };
const fill = (template: string, values: Record<string, unknown> = {}) =>
    fillTemplate(template, { values, functions: templateFunctions(request), now });

test('fills dotted names', () => {
    expect(fill('https://${connectionConfig.subdomain}.a.com', { connectionConfig: { subdomain: 'acme' } })).toBe(
        'https://acme.a.com',
    );
});

test('a placeholder without a value stays as it is', () => {
    expect(fill('v${connectionConfig.version}', { connectionConfig: {} })).toBe('v${connectionConfig.version}');
});

test('never reads inherited properties', () => {
    expect(fill('${connectionConfig.constructor.name}', { connectionConfig: {} })).toBe('${connectionConfig.constructor.name}');
});

test('|| takes the first alternative that has all its values', () => {
    const template = 'https://${connectionConfig.host} || https://api.a.com';
    expect(fill(template, { connectionConfig: {} })).toBe('https://api.a.com');
    expect(fill(template, { connectionConfig: { host: 'eu.a.com' } })).toBe('https://eu.a.com');
});

test('a value that looks like a placeholder is not filled again', () => {
    expect(fill('${a}', { a: '${b}', b: 'secret' })).toBe('${b}');
});

test('writes the moment in the formats that catalogues use', () => {
    expect(fill('${now}')).toBe('2026-08-22T10:11:12.345Z');
    expect(fill('${now:YYYYMMDDTHHmmss[Z]}')).toBe('20260822T101112Z');
    expect(fill('${now:ddd, DD MMM YYYY HH:mm:ss ZZ}')).toBe('Sat, 22 Aug 2026 10:11:12 +0000');
    expect(fill('${now:X}')).toBe('1787393472');
    expect(fill('${now+7:days:YYYY-MM-DD}')).toBe('2026-08-29');
    expect(fill('${now+1:minutes:X}')).toBe('1787393532');
});

test('calls nested functions', () => {
    expect(
        fill('Basic ${base64(${credentials.username}/token:${credentials.password})}', {
            credentials: { username: 'u', password: 'p' },
        }),
    ).toBe(`Basic ${btoa('u/token:p')}`);
    const nested = '${sha256Hex(${base64(${random}${now:YYYY})})}';
    expect(fill(nested, { random: 'r' })).toBe(fill('${sha256Hex(cjIwMjY=)}'));
});

test('splits arguments at commas outside of nested placeholders', () => {
    const date = '${now:ddd, DD MMM}';
    expect(fill(`\${hmacSha1Hex(${date}, \${key})}`, { key: 'k' })).toBe(
        fill('${hmacSha1Hex(${text}, k)}', { text: 'Sat, 22 Aug' }),
    );
});

test('a function whose argument has no value stays as it is', () => {
    expect(fill('${base64(${missing}:)}')).toBe('${base64(${missing}:)}');
});

test('an unreadable signing key gives an empty signature instead of an exception', () => {
    expect(fill('${ed25519Sign(text, nonsense)}')).not.toContain('$');
});

import { expect, test } from 'vitest';
import { enteredValue } from './entered-value.js';

const zendesk = { prefix: 'https://', suffix: '.zendesk.com' };

test.each([
    [' acme ', zendesk, 'acme'],
    ['https://acme.zendesk.com', zendesk, 'acme'],
    ['https://acme.zendesk.com/', zendesk, 'acme'],
    ['HTTPS://Acme.Zendesk.com//', zendesk, 'Acme'],
    ['http://acme.zendesk.com/', zendesk, 'acme'],
    ['acme.zendesk.com/', zendesk, 'acme'],
    ['.zendesk.com', zendesk, '.zendesk.com'],
    ['https://n8n.acme.com/api', { prefix: 'https://', suffix: '/api' }, 'n8n.acme.com'],
    ['https://n8n.acme.com/api/', { prefix: 'https://', suffix: '/api' }, 'n8n.acme.com'],
    ['https://123.mktorest.com/', { prefix: 'https://', suffix: '/' }, '123.mktorest.com'],
    ['https://acme.com/', { format: 'hostname' }, 'acme.com'],
    ['https://api.eu', { prefix: 'https://api.' }, 'eu'],
    ['https://acme.com/', { format: 'uri' }, 'https://acme.com/'],
    ['https://', { prefix: 'https://' }, ''],
    ['key/', {}, 'key/'],
])('%j in a field of %o means %j', (typed, schema, value) => {
    expect(enteredValue(typed, schema)).toBe(value);
});

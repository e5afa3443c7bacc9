import { expect, test } from 'vitest';
import { labelOf, shortened } from './label-of.js';

test.each([
    ['clientId', {}, 'Client ID'],
    ['instance_url', {}, 'Instance URL'],
    ['appSecret', {}, 'App secret'],
    ['APIKey', {}, 'API key'],
    ['project_id', { title: '' }, 'Project ID'],
    ['x', { title: 'gatewayUrl' }, 'Gateway URL'],
    ['x', { title: 'instance_url' }, 'Instance URL'],
    ['domain', {}, 'Domain'],
    ['x', { title: 'OAuth Client ID' }, 'OAuth Client ID'],
    ['x', { title: 'iPhone name' }, 'iPhone name'],
])('%s with %o is labelled %s', (name, schema, label) => {
    expect(labelOf(name, schema)).toBe(label);
});

test('a long example is cut', () => {
    expect(shortened('short')).toBe('short');
    expect(shortened('x'.repeat(72))).toBe(`${'x'.repeat(59)}…`);
});

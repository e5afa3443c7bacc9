// biome-ignore-all lint/suspicious/noTemplateCurlyInString: provider templates are written this way.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getProviders } from '@nangohq/providers';
import { expect, test } from 'vitest';
import { injectCredentials, injectedBodyFields } from './inject-credentials.js';
import { loadProviders, ProvidersFileError } from './load-providers.js';

const require = createRequire(import.meta.url);
const yamlText = readFileSync(require.resolve('@nangohq/providers/providers.yaml'), 'utf8');
const providers = loadProviders(yamlText);

test('reads every entry of the real catalogue as its own reader does', () => {
    const theirs = getProviders() as unknown as Record<string, unknown>;
    expect(providers.size).toBeGreaterThan(900);
    expect([...providers.keys()]).toEqual(Object.keys(theirs));
    for (const [name, provider] of providers) expect(provider, name).toEqual(theirs[name]);
});

test('the built-in catalogue has the providers that documentation names, and an entry for each auth mode', () => {
    const own = loadProviders();
    const names = [
        'github',
        'hubspot',
        'google',
        'slack',
        'stripe',
        'private-api-bearer',
        'private-api-basic',
        'unauthenticated',
    ];
    expect([...own.keys()]).toEqual(expect.arrayContaining(names));
    expect(new Set([...own.values()].map(({ auth_mode }) => auth_mode)).size).toBe(17);
});

test.each([
    ['not a map', '- a'],
    ['broken YAML', 'a: [b'],
    ['an unknown auth mode', 'p: { display_name: P, auth_mode: MAGIC }'],
    ['an alias of nothing', 'p: { alias: q }'],
])('%s is refused with a reason', (_, text) => {
    expect(() => loadProviders(text)).toThrow(ProvidersFileError);
});

/** A value for every name that a template can ask for. */
const anything = (prefix: string): Record<string, string> =>
    new Proxy({} as Record<string, string>, {
        get: (_, key) => (typeof key === 'string' ? `${prefix}-${key.toLowerCase().replace(/[^a-z0-9]/g, '')}` : undefined),
        getOwnPropertyDescriptor: (_, key) => ({ configurable: true, enumerable: true, value: `${prefix}-${String(key)}` }),
        has: () => true,
    });

const credentialsFor: Record<string, Record<string, unknown>> = {
    API_KEY: { type: 'API_KEY', apiKey: 'KEY-1' },
    BASIC: { type: 'BASIC', username: 'USER-1', password: 'PASS-1' },
    OAUTH2: { type: 'OAUTH2', access_token: 'TOKEN-1', raw: { id_token: 'IDT' } },
};
const basic = Buffer.from('USER-1:PASS-1').toString('base64');

/** The plain reading of a template: no functions, no alternatives. */
const simple = (template: unknown) =>
    typeof template === 'string' && !/[A-Za-z0-9]\(|\|\||now|random|connectionConfig/.test(template);
const plainly = (template: string) =>
    template
        .replaceAll('${apiKey}', 'KEY-1')
        .replaceAll('${accessToken}', 'TOKEN-1')
        .replaceAll('${credentials.username}', 'USER-1')
        .replaceAll('${credentials.password}', 'PASS-1')
        .replaceAll('${clientId}', 'CLIENT-1')
        .replaceAll('${clientSecret}', 'SECRET-1');

test.each(['API_KEY', 'BASIC', 'OAUTH2'])('every %s provider gets its credentials where its template says', (mode) => {
    const all = [...providers].filter(([, provider]) => provider.auth_mode === mode && provider.proxy?.base_url);
    expect(all.length).toBeGreaterThan(90);
    for (const [name, provider] of all) {
        const now = new Date('2026-08-22T10:11:12Z');
        const source = {
            credentials: credentialsFor[mode] as Record<string, unknown>,
            connectionConfig: anything('cc'),
            client: { id: 'CLIENT-1', secret: 'SECRET-1' },
        };
        const bodyFields = injectedBodyFields(provider, source, now);
        const { url, headers } = injectCredentials({
            ...source,
            provider,
            method: 'GET',
            endpoint: '/items?a=1',
            headers: {},
            now,
            baseUrl: 'https://upstream.example',
        });
        expect(JSON.stringify([url, headers, bodyFields]), name).not.toContain('${');
        for (const [header, template] of Object.entries(provider.proxy?.headers ?? {})) {
            expect(headers[header.toLowerCase()], `${name} ${header}`).toBeTruthy();
            if (simple(template)) expect(headers[header.toLowerCase()], `${name} ${header}`).toBe(plainly(template as string));
        }
        for (const [key, template] of Object.entries(provider.proxy?.query ?? {})) {
            if (simple(template)) expect(new URL(url).searchParams.get(key), `${name} ${key}`).toBe(plainly(template as string));
        }
        const own = Object.keys(provider.proxy?.headers ?? {}).some((header) => header.toLowerCase() === 'authorization');
        if (mode === 'BASIC' && !own) expect(headers.authorization, name).toBe(`Basic ${basic}`);
        if (mode === 'OAUTH2' && !own) expect(headers.authorization, name).toBe('Bearer TOKEN-1');
    }
});

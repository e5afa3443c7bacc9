import type { Seed } from '../../src/index.js';
import { ActionError, ActionFailure, createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.js';
import { answerChecker } from './answer-checker.js';

/** A moment for tests with a frozen clock. */
export const noon = Date.parse('2026-03-01T12:00:00.000Z');

export const oauthCredentials = {
    type: 'OAUTH2',
    client_id: 'client',
    client_secret: 'client-secret',
    scopes: 'repo,user',
} as const;

/** What most tests start with: integrations of several auth modes, some connections, records, functions. */
export const scene: Seed = {
    environment: { variables: { REGION: 'eu' } },
    keys: [
        { secret: '11111111-1111-4111-8111-111111111111', scopes: ['environment:connections:read'], display_name: 'reader' },
        { secret: '22222222-2222-4222-8222-222222222222', scopes: [], display_name: 'powerless' },
        { secret: '33333333-3333-4333-8333-333333333333', kind: 'script', display_name: 'script' },
    ],
    integrations: [
        { provider: 'github', unique_key: 'github', credentials: oauthCredentials },
        { provider: 'private-api-bearer', unique_key: 'key-api', display_name: 'Key API' },
        { provider: 'private-api-basic', unique_key: 'basic-api' },
        { provider: 'unauthenticated', unique_key: 'none' },
    ],
    connections: [
        {
            provider_config_key: 'github',
            connection_id: 'octo',
            credentials: { type: 'OAUTH2', access_token: 'gho_access', refresh_token: 'ghr_refresh' },
            metadata: { plan: 'pro' },
            end_user: { id: 'user-1', email: 'octo@example.com', display_name: 'Octo Cat' },
            organization: { id: 'org-1', display_name: 'Octo Org' },
            tags: { team: 'blue' },
        },
        { provider_config_key: 'key-api', connection_id: 'k1', credentials: { type: 'API_KEY', apiKey: 'secret-key' } },
        {
            provider_config_key: 'basic-api',
            connection_id: 'b1',
            credentials: { type: 'BASIC', username: 'ann', password: 'pass' },
        },
        { provider_config_key: 'none', connection_id: 'n1', credentials: { type: 'NONE' } },
    ],
    functions: [
        {
            integration: 'github',
            type: 'action',
            name: 'catalogued',
            source: 'catalog',
            code: 'export default 1',
            output: { ok: true },
        },
        { integration: 'github', type: 'action', name: 'switched-off', enabled: false, output: 1 },
        {
            integration: 'github',
            type: 'sync',
            name: 'catalogued',
            source: 'catalog',
            returns: ['Gist'],
            frequency: 'every day',
            auto_start: false,
        },
    ],
};

/** An emulator with the scene, some functions in code and a frozen clock, and a way to call it. */
export function setScene(options: EmulatorOptions = {}): { emulator: Emulator; call: Call } {
    const emulator = createEmulator({ seed: scene, frozenAt: noon, ...options });
    emulator.defineSync('github', 'issues', {
        model: 'Issue',
        frequency: 'every hour',
        run: ({ save }) =>
            save([
                { id: 1, title: 'one' },
                { id: '2', title: 'two' },
            ]),
    });
    emulator.defineAction('github', 'echo', (input: unknown) => input);
    emulator.defineAction('github', 'nothing', () => undefined);
    emulator.defineAction('github', 'fails', () => {
        throw new ActionError({ reason: 'no' });
    });
    emulator.defineAction('github', 'breaks', () => {
        throw new Error('broken');
    });
    emulator.defineAction('github', 'upstream', () => {
        throw Object.assign(new Error('Request failed'), { response: { status: 502, headers: { via: 'x' }, data: { no: 1 } } });
    });
    emulator.defineAction('github', 'fails-as', (code: never) => {
        throw new ActionFailure(code, { asked: code });
    });
    return { emulator, call: caller(emulator) };
}

/** One answer, read to its end. */
export interface Answer {
    status: number;
    headers: Headers;
    body: any;
    text: string;
}

export interface CallOptions {
    /** A value to send as JSON; a string goes out as it is. */
    body?: unknown;
    headers?: Record<string, string>;
    /** null sends no Authorization header. */
    key?: string | null;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>;

/** Calls the emulator in process, as its default key. Every answer is held against the emulator's own OpenAPI description. */
export function caller(emulator: Emulator): Call {
    const check = answerChecker(emulator);
    return async (method, path, { body, headers = {}, key = emulator.apiKey } = {}) => {
        const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
        const request = new Request(`http://localhost:3003${path}`, {
            method,
            headers: {
                ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
                ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(text.length) }),
                ...headers,
            },
            ...(text === undefined ? {} : { body: text }),
        });
        const response = await emulator.fetch(request);
        const answer: Answer = {
            status: response.status,
            headers: response.headers,
            body: undefined,
            text: await response.text(),
        };
        if (answer.text !== '' && response.headers.get('content-type')?.startsWith('application/json'))
            answer.body = JSON.parse(answer.text);
        await check(method, path, answer);
        return answer;
    };
}

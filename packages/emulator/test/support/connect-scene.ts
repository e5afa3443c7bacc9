import { beforeEach, expect } from 'vitest';
import { EmulatorControl } from '../../src/control/emulator-control.js';
import { createEmulator, type Emulator } from '../../src/emulator.js';
import type { OutgoingWebhook } from '../../src/webhooks/outgoing-webhook.js';

export type Answer = { status: number; body: any; headers: Headers; text: string };

/** Where the clock of {@link connectScene} stands. */
export const start = Date.parse('2026-08-22T10:00:00Z');

const secret = { client_id: 'ci', client_secret: 'cs' };
const app = { app_id: '1', app_link: 'https://github.com/apps/x', private_key: '' };
const pem = '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----';

/** A fresh emulator for each test, with an integration of every auth mode under its provider's name; webhooks end in `sent`. */
export function connectScene() {
    const scene = {
        emulator: undefined as unknown as Emulator,
        control: undefined as unknown as EmulatorControl,
        sent: [] as OutgoingWebhook['body'][],
        call,
        api,
        session,
        connection,
        form,
    };
    beforeEach(async () => {
        scene.emulator = createEmulator({ frozenAt: start });
        scene.control = new EmulatorControl('http://localhost:3003', (request) => scene.emulator.fetch(request));
        scene.sent = [];
        for (const [provider, credentials, more] of [
            ['github', { type: 'OAUTH2', ...secret, scopes: 'repo,user' }],
            ['zendesk', { type: 'OAUTH2', ...secret }],
            ['trello', { type: 'OAUTH1', ...secret }],
            ['github-app', { type: 'APP', ...app, private_key: pem }],
            ['github-app-oauth', { type: 'CUSTOM', ...secret, ...app, private_key: pem }],
            ['private-api-bearer'],
            ['private-api-basic'],
            ['unauthenticated'],
            ['auth0'],
            ['netsuite-tba'],
            ['ghost-admin'],
            ['bill'],
            ['jamf-basic'],
            ['emarsys'],
            ['aws-sigv4', undefined, { integration_config: { service: 's3', defaultRegion: 'eu-west-1' } }],
            ['linear-mcp'],
            ['crisp-plugin-install'],
        ] as [string, unknown, object?][]) {
            const made = await api('POST', '/integrations', {
                provider,
                unique_key: provider,
                ...(credentials ? { credentials } : {}),
                ...more,
            });
            expect(made.status, `${provider} ${made.text}`).toBe(200);
        }
        scene.emulator.context.webhooks.send = ({ body }) => scene.sent.push(body);
    });
    return scene;

    async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
        const response = await scene.emulator.fetch(
            new Request(`http://localhost:3003${path}`, {
                method,
                headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
                ...(body !== undefined && { body: JSON.stringify(body) }),
            }),
        );
        const text = await response.text();
        const json = response.headers.get('content-type')?.startsWith('application/json');
        return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
    }

    /** As the backend. */
    function api(method: string, path: string, body?: unknown): Promise<Answer> {
        return call(method, path, body, { authorization: `Bearer ${scene.emulator.apiKey}` });
    }

    /** The token of a new connect session. */
    async function session(body: Record<string, unknown> = { end_user: { id: 'u1' } }): Promise<string> {
        return (await api('POST', '/connect/sessions', body)).body.data.token;
    }

    async function connection(key: string, id: string) {
        return (await api('GET', `/connections/${id}?provider_config_key=${key}&refresh_token=true`)).body;
    }

    function form(path: string, body: unknown, query: Record<string, string>): Promise<Answer> {
        return call('POST', `${path}?${new URLSearchParams(query)}`, body);
    }
}

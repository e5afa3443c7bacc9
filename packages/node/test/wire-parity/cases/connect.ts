import type { ParityCase } from '../parity-case.js';

const session = {
    status: 201,
    body: { data: { token: 't', connect_link: 'http://127.0.0.1/', expires_at: '2026-01-01T00:00:00.000Z' } },
};
const shared = {
    organization: { id: 'o1', display_name: 'Org' },
    integrations_config_defaults: {
        github: { user_scopes: 'a', authorization_params: { b: 'c' }, connection_config: { oauth_scopes_override: 'd', e: 'f' } },
    },
    overrides: { github: { docs_connect: 'https://example.com' } },
    webhook_url_override: 'https://example.com/hook',
    tags: { a: 'b' },
};

export const connectCases: readonly ParityCase[] = [
    { name: 'createConnectSession', run: (n) => n.createConnectSession({ end_user: { id: 'u1' } }), answer: session },
    {
        name: 'createConnectSession, all members',
        run: (n) =>
            n.createConnectSession({
                end_user: { id: 'u1', email: 'ada@example.com' },
                allowed_integrations: ['github'],
                ...shared,
            }),
        answer: session,
    },
    { name: 'createConnectSession, tags alone', run: (n) => n.createConnectSession({ tags: { a: 'b' } }), answer: session },
    {
        name: 'createConnectSession, nothing',
        run: (n) => n.createConnectSession(),
        answer: session,
        differs: { 'local-checks': true },
    },
    {
        name: 'createReconnectSession',
        run: (n) =>
            n.createReconnectSession({ connection_id: 'c1', integration_id: 'github', end_user: { id: 'u1' }, ...shared }),
        answer: session,
    },
];

/** Bodies as Nango sends them (contract 17.2). */
const base = { from: 'nango', connectionId: 'c1', providerConfigKey: 'github' };

export const authBody = {
    ...base,
    type: 'auth',
    authMode: 'OAUTH2',
    provider: 'github',
    environment: 'dev',
    operation: 'creation',
    success: true,
    tags: { end_user_id: 'u1' },
};

export const syncBody = {
    ...base,
    type: 'sync',
    syncName: 'issues',
    syncVariant: 'base',
    model: 'Issue',
    syncType: 'INCREMENTAL',
    success: true,
    responseResults: { added: 1, updated: 0, deleted: 0 },
    modifiedAfter: '2026-11-22T10:00:00.000Z',
};

export const actionBody = { ...base, type: 'async_action', payload: { id: 'a1', statusUrl: '/action/a1' } };

export const forwardBody = { ...base, type: 'forward', from: 'github', payload: { action: 'opened' } };

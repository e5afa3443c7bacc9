import { operation } from '@x/core';

// Contract 8.1.
export const listConnections = operation({ name: 'listConnections', method: 'GET', path: '/connections', idempotent: true });

// Contract 8.1, a page at a time.
export const iterateConnections = operation({ ...listConnections, name: 'iterateConnections' });

// Contract 18: polls the list.
export const waitForConnection = operation({ ...listConnections, name: 'waitForConnection' });

// Contract 8.2.
export const getConnection = operation({
    name: 'getConnection',
    method: 'GET',
    path: '/connections/{connectionId}',
    idempotent: true,
});

// Contract 8.2 and 18: the token of that answer.
export const getToken = operation({ ...getConnection, name: 'getToken' });

// Contract 8.2 and 18: `credentials.raw` of that answer.
export const getRawTokenResponse = operation({ ...getConnection, name: 'getRawTokenResponse' });

// Contract 8.2 and 18: `metadata` of that answer.
export const getMetadata = operation({ ...getConnection, name: 'getMetadata' });

// Contract 8.4: what it sets, it replaces.
export const patchConnection = operation({
    name: 'patchConnection',
    method: 'PATCH',
    path: '/connections/{connectionId}',
    idempotent: true,
});

// Contract 8.5: without a `connection_id` each one makes a new connection, and each sends a webhook.
export const importConnection = operation({
    name: 'importConnection',
    method: 'POST',
    path: '/connections',
    idempotent: false,
});

// Contract 8.7: a second one answers 400.
export const deleteConnection = operation({
    name: 'deleteConnection',
    method: 'DELETE',
    path: '/connections/{connectionId}',
    idempotent: false,
    mayBeEmpty: true,
});

// Contract 8.8: replaces.
export const setMetadata = operation({
    name: 'setMetadata',
    method: 'POST',
    path: '/connections/metadata',
    idempotent: true,
    mayBeEmpty: true,
});

// Contract 8.8: merges the same keys with the same values.
export const updateMetadata = operation({
    name: 'updateMetadata',
    method: 'PATCH',
    path: '/connections/metadata',
    idempotent: true,
    mayBeEmpty: true,
});

// Contract 5.2: asked by `getToken` when a connection comes without credentials, to find out why.
export const getAuthMode = operation({ name: 'getToken', method: 'GET', path: '/providers/{provider}', idempotent: true });

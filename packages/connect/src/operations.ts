import { operation } from '@x/core';

// Contract 15.1: each one makes a new session.
export const createConnectSession = operation({
    name: 'createConnectSession',
    method: 'POST',
    path: '/connect/sessions',
    idempotent: false,
});

// Contract 15.2: each one makes a new session.
export const createReconnectSession = operation({
    name: 'createReconnectSession',
    method: 'POST',
    path: '/connect/sessions/reconnect',
    idempotent: false,
});

// Contract 8.1: what `createReconnectSession` keeps. The list reads no credentials, so it answers for a connection whose access is revoked.
export const connectionToKeep = operation({
    name: 'createReconnectSession',
    method: 'GET',
    path: '/connections',
    idempotent: true,
});

// Contract 15.3.
export const getConnectSession = operation({
    name: 'getConnectSession',
    method: 'GET',
    path: '/connect/session',
    idempotent: true,
    bucket: 'session',
});

// Contract 15.4: the token of a second one is no longer known.
export const deleteConnectSession = operation({
    name: 'deleteConnectSession',
    method: 'DELETE',
    path: '/connect/session',
    idempotent: false,
    bucket: 'session',
    mayBeEmpty: true,
});

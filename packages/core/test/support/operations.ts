import { operation } from '@x/core';

/** Operations of every kind that the pipeline knows. */
export const read = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
export const action = operation({ name: 'triggerAction', method: 'POST', path: '/action/trigger', idempotent: false });
export const proxy = operation({ name: 'proxy', method: 'GET', path: '/proxy/{endpoint}', idempotent: false, proxied: true });
export const upload = operation({ name: 'proxy', method: 'POST', path: '/proxy/{endpoint}', idempotent: false, proxied: true });

import { operation } from '@x/core';

// Contract 14. Providers are slow, and their failures are theirs. Its method is the one that is asked for.
export const proxyRead = operation({
    name: 'proxy',
    method: 'GET',
    path: '/proxy/{endpoint}',
    idempotent: true,
    proxied: true,
    timeout: 300_000,
});

/** What a provider does with a repeated PUT or DELETE is not known, so no write is repeated. */
export const proxyWrite = operation({ ...proxyRead, method: 'POST', idempotent: false });

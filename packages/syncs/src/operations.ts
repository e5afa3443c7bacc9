import { operation } from '@x/core';

// Contract 10.1.
export const listRecords = operation({ name: 'listRecords', method: 'GET', path: '/records/', idempotent: true });

// Contract 10.1, page after page.
export const iterateRecords = operation({ ...listRecords, name: 'iterateRecords' });

// Contract 10.1, batch after batch from where the last run ended.
export const consumeRecords = operation({ ...listRecords, name: 'consumeRecords' });

// Contract 10.1, the same for the model of a `sync` webhook.
export const recordsFromWebhook = operation({ ...listRecords, name: 'recordsFromWebhook' });

// Contract 10.2. What was pruned stays so; the count differs.
export const pruneRecords = operation({ name: 'pruneRecords', method: 'PATCH', path: '/records/prune', idempotent: false });

/** The documentation calls the answer of a command empty, and so do servers that people write for their tests. */
const command = { method: 'POST', mayBeEmpty: true } as const;

// Contract 11.1. Each one is a run.
export const triggerSync = operation({ ...command, name: 'triggerSync', path: '/sync/trigger', idempotent: false });

// Contract 11.2.
export const startSync = operation({ ...command, name: 'startSync', path: '/sync/start', idempotent: true });

// Contract 11.2.
export const pauseSync = operation({ ...command, name: 'pauseSync', path: '/sync/pause', idempotent: true });

// Contract 11.3.
export const syncStatus = operation({ name: 'syncStatus', method: 'GET', path: '/sync/status', idempotent: true });

// Contract 11.4.
export const updateSyncConnectionFrequency = operation({
    name: 'updateSyncConnectionFrequency',
    method: 'PUT',
    path: '/sync/update-connection-frequency',
    idempotent: true,
});

// Contract 11.5. A second one finds the variant there.
export const createSyncVariant = operation({
    name: 'createSyncVariant',
    method: 'POST',
    path: '/sync/{name}/variant/{variant}',
    idempotent: false,
});

// Contract 11.5. A second one answers 404.
export const deleteSyncVariant = operation({
    name: 'deleteSyncVariant',
    method: 'DELETE',
    path: '/sync/{name}/variant/{variant}',
    idempotent: false,
});

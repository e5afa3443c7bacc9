// What a typed client refuses: each line here is one error, whose text holds what stands behind `!`. Compiled by typed-client.test.ts.
import { Actions, Nango, parseWebhook, Records } from '@x/node';
import { createWebhookHandler } from '@x/webhooks/fetch';
import type { NangoTypes } from '../compiled-folder/nango.gen.js';

declare const nango: Nango<NangoTypes>;
declare const text: string;
declare const key: { providerConfigKey: 'github'; connectionId: string; model: 'Issue' };
declare const consumer: { load(): undefined; save(): undefined; handle(): undefined };
declare const credentials: { type: 'NONE' };
const input = { title: 'Fire', parent: null };

nango.triggerAction('gihtub', 'c1', 'createIssue', input); // ! "gihtub"
nango.triggerAction(text, 'c1', 'createIssue', input); // ! 'string'
nango.triggerAction('github', 'c1', 'createIsue', input); // ! "createIsue"
nango.triggerAction('google-drive', 'c1', 'createIssue', input); // ! "createIssue"
nango.triggerAction('github', 'c1', 'createIssue', 42); // ! 'number'
nango.triggerAction('github', 'c1', 'createIssue', { title: 'Fire' }); // ! 'parent'
nango.triggerAction('github', 'c1', 'createIssue', { ...input, titel: 'Fire' }); // ! 'titel'
nango.triggerAction('github', 'c1', 'createIssue'); // ! Expected 4-5 arguments
nango.triggerAction<typeof input, { id: string }>('github', 'c1', 'createIssue', input); // ! 'never'
nango.triggerAction('github', 'c1', 'createIssue', input).then(({ ulr }) => ulr); // ! 'ulr'
nango.triggerActionAsync('gihtub', 'c1', 'createIssue', input); // ! "gihtub"
nango.triggerActionAsync('github', 'c1', 'createIsue', input); // ! "createIsue"
nango.triggerActionAsync('github', 'c1', 'createIssue', { title: 1, parent: null }); // ! 'number'
nango.triggerActionAsync<typeof input>('github', 'c1', 'createIssue', input); // ! 'never'
nango
    .triggerActionAsync('github', 'c1', 'createIssue', input)
    .then((queued) => nango.waitForActionResult(queued))
    .then(({ ulr }) => ulr); // ! 'ulr'
nango.waitForActionResult<{ url: string }>({ id: '1' }); // ! 'never'
nango.getAsyncActionResult<{ url: string }>({ id: '1' }); // ! 'never'

nango.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model: 'Isue' }); // ! "Isue"
nango.listRecords({ ...key, providerConfigKey: text }); // ! 'string'
nango.listRecords({ ...key, model: text }); // ! 'string'
nango.listRecords({ providerConfigKey: 'google-drive', connectionId: 'c1', model: 'Issue' }); // ! 'never'
nango.listRecords({ ...key, limmit: 1 }); // ! 'limmit'
nango.listRecords<{ nope: 1 }>(key); // ! 'never'
nango.listRecords(key).then(({ records }) => records[0]?.titel); // ! 'titel'
nango.iterateRecords({ ...key, model: 'Isue' }); // ! "Isue"
nango.iterateRecords<{ nope: 1 }>(key); // ! 'never'
export const iterated = async () => {
    for await (const record of nango.iterateRecords(key)) record.titel; // ! 'titel'
};
nango.consumeRecords({ ...key, model: 'Isue' }, consumer); // ! "Isue"
nango.consumeRecords<{ nope: 1 }>(key, consumer); // ! 'never'
nango.consumeRecords(key, { ...consumer, handle: ({ added }) => added[0]?.titel }); // ! 'titel'
nango.consumeRecords(key, { ...consumer, handle: (_batch, _tx) => 0, save: (_cursor, _key, _tx) => 0 }); // ! 'transaction'
nango.recordsFromWebhook({ ...key, type: 'sync', model: 'Isue' }, consumer); // ! "Isue"
nango.recordsFromWebhook({ ...key, type: 'sync', providerConfigKey: text }, consumer); // ! 'string'
nango.recordsFromWebhook<{ nope: 1 }>({ ...key, type: 'sync' }, consumer); // ! 'never'
nango.recordsFromWebhook({ ...key, type: 'sync' }, { ...consumer, handle: ({ added }) => added[0]?.titel }); // ! 'titel'
nango.pruneRecords({ ...key, model: 'Isue', untilCursor: '' }); // ! "Isue"
nango.pruneRecords({ ...key, providerConfigKey: 'gihtub', untilCursor: '' }); // ! "gihtub"

nango.triggerSync('gihtub'); // ! "gihtub"
nango.triggerSync('github', ['isues']); // ! "isues"
nango.triggerSync('github', [{ name: 'isues', variant: 'docs' }]); // ! "isues"
nango.triggerSync('github', ['isues::docs']); // ! "isues::docs"
nango.triggerSync('google-drive', ['fetchIssues']); // !
nango.startSync('gihtub', []); // ! "gihtub"
nango.startSync('github', ['isues']); // ! "isues"
nango.pauseSync('gihtub', []); // ! "gihtub"
nango.pauseSync('github', ['isues']); // ! "isues"
nango.syncStatus('gihtub', '*'); // ! "gihtub"
nango.syncStatus('github', ['isues']); // ! "isues"
nango.syncStatus('github', '*').then(({ syncs }) => syncs[0]?.recordCount.Isue); // ! 'Isue'
nango.updateSyncConnectionFrequency('gihtub', 'fetchIssues', 'c1', null); // ! "gihtub"
nango.updateSyncConnectionFrequency('github', 'isues', 'c1', null); // ! "isues"
nango.createSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'isues', variant: 'docs' }); // ! "isues"
nango.createSyncVariant({ provider_config_key: 'gihtub', connection_id: 'c1', name: 'fetchIssues', variant: 'docs' }); // ! "gihtub"
nango.deleteSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'isues', variant: 'docs' }); // ! "isues"

nango.getMetadata('gihtub', 'c1'); // ! "gihtub"
nango.getMetadata<{ owner: string }>('github', 'c1'); // ! 'never'
nango.getMetadata('github', 'c1').then((metadata) => metadata.owner); // ! null
nango.getMetadata('github', 'c1').then((metadata) => metadata?.ownr); // ! 'ownr'
nango.setMetadata('gihtub', 'c1', { owner: 'ada' }); // ! "gihtub"
nango.setMetadata('github', 'c1', { ownr: 'ada' }); // ! 'ownr'
nango.setMetadata('github', 'c1', {}); // ! 'owner'
nango.updateMetadata('github', 'c1', { ownr: 'ada' }); // ! 'ownr'
nango.updateMetadata('github', 'c1', { owner: 1 }); // ! 'number'
nango.getConnection('gihtub', 'c1'); // ! "gihtub"
nango.getConnection('gihtub', 'c1', { forceRefresh: true }); // ! "gihtub"
nango.getConnection<{ owner: string }>('github', 'c1'); // ! 'never'
nango.getConnection('github', 'c1').then(({ metadata }) => metadata?.ownr); // ! 'ownr'
nango.getConnection('github', 'c1', {}).then(({ metadata }) => metadata?.ownr); // ! 'ownr'
nango.listConnections({ integrationId: 'gihtub' }); // ! "gihtub"
nango.listConnections({ integrationId: ['github', 'gihtub'] }); // ! "gihtub"
nango.listConnections({ integrationId: 'github' }).then(({ connections }) => connections[0]?.metadata?.ownr); // ! 'ownr'
nango.iterateConnections({ integrationId: 'gihtub' }); // ! "gihtub"
nango.waitForConnection('gihtub', 'user-1'); // ! "gihtub"
nango.getToken('gihtub', 'c1'); // ! "gihtub"
nango.getToken('gihtub', 'c1', { forceRefresh: true }); // ! "gihtub"
nango.getRawTokenResponse('gihtub', 'c1'); // ! "gihtub"
nango.patchConnection({ connectionId: 'c1', provider_config_key: 'gihtub' }, {}); // ! "gihtub"
nango.importConnection({ provider_config_key: 'gihtub', credentials }); // ! "gihtub"
nango.importConnection({ provider_config_key: 'github', credentials, metadata: { ownr: 'ada' } }); // ! 'ownr'
nango.importConnection<{ owner: string }>({ provider_config_key: 'github', credentials }); // ! 'never'
nango.deleteConnection('gihtub', 'c1'); // ! "gihtub"

nango.createConnectSession({ tags: {}, allowed_integrations: ['gihtub'] }); // ! "gihtub"
nango.createConnectSession({ tags: {}, integrations_config_defaults: { gihtub: {} } }); // ! 'gihtub'
nango.createConnectSession({ tags: {}, integrations_config_defaults: { github: { user_scope: '' } } }); // ! 'user_scope'
nango.createConnectSession({ tags: {}, overrides: { gihtub: {} } }); // ! 'gihtub'
nango.createReconnectSession({ connection_id: 'c1', integration_id: 'gihtub' }); // ! "gihtub"

nango.proxy({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"
nango.get({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"
nango.post({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"
nango.put({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"
nango.patch({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"
nango.delete({ endpoint: '/', providerConfigKey: 'gihtub' }); // ! "gihtub"

export const event = parseWebhook<NangoTypes>('', {}, {});
if (event.type === 'auth') event.providerConfigKey === 'gihtub'; // ! "gihtub"
if (event.type === 'forward') event.providerConfigKey === 'gihtub'; // ! "gihtub"
if (event.type === 'async_action') event.providerConfigKey === 'gihtub'; // ! "gihtub"
if (event.type === 'sync') event.providerConfigKey === 'gihtub'; // ! "gihtub"
if (event.type === 'sync' && event.providerConfigKey === 'github') event.model === 'Isue'; // ! "Isue"
if (event.type === 'sync' && event.model === 'Issue') event.syncName === 'isues'; // ! "isues"
createWebhookHandler<NangoTypes>({ onSync: (event) => event.model === 'Isue' }); // ! "Isue"
createWebhookHandler<NangoTypes>({ onAuth: (event) => event.providerConfigKey === 'gihtub' }); // ! "gihtub"
createWebhookHandler<NangoTypes>({ onConnectionDeleted: (event) => event.providerConfigKey === 'gihtub' }); // ! "gihtub"
createWebhookHandler<NangoTypes>({ onForward: (event) => event.providerConfigKey === 'gihtub' }); // ! "gihtub"
createWebhookHandler<NangoTypes>({ onAsyncAction: (event) => event.providerConfigKey === 'gihtub' }); // ! "gihtub"

new Actions<NangoTypes>(nango).triggerAction('github', 'c1', 'createIsue', input); // ! "createIsue"
new Records<NangoTypes>(nango).listRecords({ ...key, model: 'Isue' }); // ! "Isue"
new (class extends Nango<NangoTypes> {})({ apiKey: '' }).triggerAction('gihtub', 'c1', 'createIssue', input); // ! "gihtub"
export const other: Nango<{ slack: { models: { Message: { id: string } } } }> = nango; // ! 'Nango<

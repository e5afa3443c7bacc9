import { classOnDemand } from '@x/core/internal';

// What the client is made of on Node, whose loader takes about a millisecond for each package: what is never called is never loaded.

const product = `@x/node/${__VERSION__}`;

export const Providers = /* @__PURE__ */ classOnDemand(product, () => import('@x/integrations'), 'Providers', {
    listProviders: 'promise',
    getProvider: 'promise',
    getProviderTemplates: 'promise',
});

const integrations = {
    listIntegrations: 'promise',
    getIntegration: 'promise',
    createIntegration: 'promise',
    createQuickstartIntegration: 'promise',
    updateIntegration: 'promise',
    deleteIntegration: 'promise',
} as const;

export const Integrations = /* @__PURE__ */ classOnDemand(product, () => import('@x/integrations'), 'Integrations', integrations);

export const LegacyIntegrations = /* @__PURE__ */ classOnDemand(
    product,
    () => import('../legacy-integrations.js'),
    'LegacyIntegrations',
    integrations,
);

export const Functions = /* @__PURE__ */ classOnDemand(product, () => import('@x/integrations'), 'Functions', {
    listFunctions: 'promise',
    getFunction: 'promise',
    getFunctionCode: 'promise',
    deleteFunction: 'promise',
});

export const ScriptsConfig = /* @__PURE__ */ classOnDemand(product, () => import('@x/integrations'), 'ScriptsConfig', {
    getScriptsConfig: 'promise',
});

export const EnvironmentVariables = /* @__PURE__ */ classOnDemand(
    product,
    () => import('@x/integrations'),
    'EnvironmentVariables',
    {
        getEnvironmentVariables: 'promise',
    },
);

export const Connections = /* @__PURE__ */ classOnDemand(product, () => import('@x/connections'), 'Connections', {
    listConnections: 'promise',
    iterateConnections: 'pages',
    getConnection: 'promise',
    getToken: 'promise',
    getRawTokenResponse: 'promise',
    getMetadata: 'promise',
    setMetadata: 'promise',
    updateMetadata: 'promise',
    patchConnection: 'promise',
    importConnection: 'promise',
    deleteConnection: 'promise',
    waitForConnection: 'promise',
});

export const ConnectSessions = /* @__PURE__ */ classOnDemand(product, () => import('@x/connect'), 'ConnectSessions', {
    createConnectSession: 'promise',
    createReconnectSession: 'promise',
    getConnectSession: 'promise',
    deleteConnectSession: 'promise',
});

export const Records = /* @__PURE__ */ classOnDemand(product, () => import('@x/syncs'), 'Records', {
    listRecords: 'promise',
    iterateRecords: 'pages',
    consumeRecords: 'promise',
    recordsFromWebhook: 'promise',
    pruneRecords: 'promise',
});

export const Syncs = /* @__PURE__ */ classOnDemand(product, () => import('@x/syncs'), 'Syncs', {
    triggerSync: 'promise',
    startSync: 'promise',
    pauseSync: 'promise',
    syncStatus: 'promise',
    updateSyncConnectionFrequency: 'promise',
    createSyncVariant: 'promise',
    deleteSyncVariant: 'promise',
});

export const Actions = /* @__PURE__ */ classOnDemand(product, () => import('@x/actions'), 'Actions', {
    triggerAction: 'promise',
    triggerActionAsync: 'promise',
    getAsyncActionResult: 'promise',
    waitForActionResult: 'promise',
});

export const RawRequests = /* @__PURE__ */ classOnDemand(product, () => import('../raw-requests.js'), 'RawRequests', {
    rawRequest: 'promise',
    withResponse: 'promise',
});

export const ProxyCalls = /* @__PURE__ */ classOnDemand(product, () => import('@x/proxy'), 'ProxyCalls', {
    proxy: 'promise',
    get: 'promise',
    post: 'promise',
    put: 'promise',
    patch: 'promise',
    delete: 'promise',
});

import { operation } from '@x/core';

// Contract 5.1.
export const listProviders = operation({ name: 'listProviders', method: 'GET', path: '/providers', idempotent: true });

// Contract 5.2.
export const getProvider = operation({ name: 'getProvider', method: 'GET', path: '/providers/{provider}', idempotent: true });

// Contract 5.3.
export const getProviderTemplates = operation({
    name: 'getProviderTemplates',
    method: 'GET',
    path: '/providers/{provider}/templates',
    idempotent: true,
});

// Contract 6.2.
export const listIntegrations = operation({ name: 'listIntegrations', method: 'GET', path: '/integrations', idempotent: true });

// Contract 6.3.
export const getIntegration = operation({
    name: 'getIntegration',
    method: 'GET',
    path: '/integrations/{uniqueKey}',
    idempotent: true,
});

// Contract 6.4. A second one finds the key taken.
export const createIntegration = operation({
    name: 'createIntegration',
    method: 'POST',
    path: '/integrations',
    idempotent: false,
});

// Contract 6.5. A second one finds the key taken.
export const createQuickstartIntegration = operation({
    name: 'createQuickstartIntegration',
    method: 'POST',
    path: '/integrations/quickstart',
    idempotent: false,
});

// Contract 6.6. Not to be repeated when it renames: a second one does not find the old key.
export const updateIntegration = operation({
    name: 'updateIntegration',
    method: 'PATCH',
    path: '/integrations/{uniqueKey}',
    idempotent: false,
});

// Contract 6.7. A second one answers 404.
export const deleteIntegration = operation({
    name: 'deleteIntegration',
    method: 'DELETE',
    path: '/integrations/{uniqueKey}',
    idempotent: false,
    mayBeEmpty: true,
});

// Contract 7.2.
export const listFunctions = operation({
    name: 'listFunctions',
    method: 'GET',
    path: '/integrations/{uniqueKey}/functions',
    idempotent: true,
});

// Contract 7.2.
export const getFunction = operation({
    name: 'getFunction',
    method: 'GET',
    path: '/integrations/{uniqueKey}/functions/{name}',
    idempotent: true,
});

// Contract 7.2.
export const getFunctionCode = operation({
    name: 'getFunctionCode',
    method: 'GET',
    path: '/integrations/{uniqueKey}/functions/{name}/code',
    idempotent: true,
});

// Contract 7.2. A second one may answer 404.
export const deleteFunction = operation({
    name: 'deleteFunction',
    method: 'DELETE',
    path: '/integrations/{uniqueKey}/functions/{name}',
    idempotent: false,
});

// Contract 9.
export const getScriptsConfig = operation({
    name: 'getScriptsConfig',
    method: 'GET',
    path: '/scripts/config',
    idempotent: true,
});

// Contract 12.
export const getEnvironmentVariables = operation({
    name: 'getEnvironmentVariables',
    method: 'GET',
    path: '/environment-variables',
    idempotent: true,
    mayBeEmpty: true,
});

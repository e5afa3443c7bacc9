/*
 * What requests can be called: in faults, and where requests are waited for. A test holds both lists against the client and the routes.
 */

/** The operations of the routes, as the request log and the OpenAPI description name them. */
const ownOperations = [
    'listProviders',
    'getProvider',
    'getProviderTemplates',
    'listIntegrations',
    'createIntegration',
    'createQuickstartIntegration',
    'getIntegration',
    'updateIntegration',
    'deleteIntegration',
    'getConfig',
    'listFunctions',
    'getFunction',
    'getFunctionCode',
    'deleteFunction',
    'getScriptsConfig',
    'getEnvironmentVariables',
    'listConnections',
    'getConnection',
    'importConnection',
    'patchConnection',
    'deleteConnection',
    'setMetadata',
    'updateMetadata',
    'listConnectionsSingular',
    'getConnectionSingular',
    'importConnectionFlat',
    'deleteConnectionSingular',
    'setMetadataSingular',
    'updateMetadataSingular',
    'setMetadataOfConnection',
    'updateMetadataOfConnection',
    'listRecords',
    'pruneRecords',
    'triggerSync',
    'startSync',
    'pauseSync',
    'syncStatus',
    'updateSyncConnectionFrequency',
    'createSyncVariant',
    'deleteSyncVariant',
    'triggerAction',
    'triggerActionAsync',
    'getAsyncActionResult',
    'createConnectSession',
    'createReconnectSession',
    'getConnectSession',
    'deleteConnectSession',
    'proxy',
    'v1',
    'rotateWebhookSigningKey',
    'createEnvironment',
    'deleteEnvironment',
    'createApiKey',
    'deleteApiKey',
    'receiveProviderWebhook',
    'authApiAuthApiKey',
    'authApiAuthBasic',
    'authAuthUnauthenticated',
    'authAuthJwt',
    'authAuthTwoStep',
    'authAuthTba',
    'authAuthBill',
    'authAuthSignature',
    'authAuthAwsSigv4',
    'authOauth2Auth',
    'authOauthOutbound',
    'oauthConnect',
    'oauthCallback',
    'connectTelemetry',
    'health',
    'ready',
    'mcp',
    'mcpStream',
] as const;

type OwnOperation = (typeof ownOperations)[number];
interface Requests {
    readonly operations: readonly OwnOperation[];
    /** Only those of this method. */
    readonly method?: string;
}

const connection: Requests = { operations: ['getConnection', 'getConnectionSingular'] };
const connectionList: Requests = { operations: ['listConnections', 'listConnectionsSingular'] };
const recordList: Requests = { operations: ['listRecords'] };
const proxied = (method: string): Requests => ({ operations: ['proxy'], method });

/** Names that stand for other requests than those of one route: methods that share a request, and requests that older clients make. */
const otherNames = {
    getConnection: connection,
    getToken: connection,
    getRawTokenResponse: connection,
    getMetadata: connection,
    listConnections: connectionList,
    iterateConnections: connectionList,
    waitForConnection: connectionList,
    importConnection: { operations: ['importConnection', 'importConnectionFlat'] },
    deleteConnection: { operations: ['deleteConnection', 'deleteConnectionSingular'] },
    setMetadata: { operations: ['setMetadata', 'setMetadataSingular', 'setMetadataOfConnection'] },
    updateMetadata: { operations: ['updateMetadata', 'updateMetadataSingular', 'updateMetadataOfConnection'] },
    getIntegration: { operations: ['getIntegration', 'getConfig'] },
    iterateRecords: recordList,
    consumeRecords: recordList,
    recordsFromWebhook: recordList,
    waitForActionResult: { operations: ['getAsyncActionResult'] },
    get: proxied('GET'),
    post: proxied('POST'),
    put: proxied('PUT'),
    patch: proxied('PATCH'),
    delete: proxied('DELETE'),
    proxyPost: proxied('POST'),
    proxyPut: proxied('PUT'),
    proxyPatch: proxied('PATCH'),
    proxyDelete: proxied('DELETE'),
} satisfies Record<string, Requests>;

/**
 * A method of the client that makes requests, or another operation of the OpenAPI description. Methods that make the same request are the
 * same here: `getToken` is `getConnection`, `iterateRecords` is `listRecords`; `post` is a proxied POST, `proxy` a proxied request of any method.
 */
export type OperationName = OwnOperation | keyof typeof otherNames;

export const operationNames = [...new Set([...ownOperations, ...Object.keys(otherNames)])] as readonly OperationName[];

/** The operations that a name stands for, and the method that it is limited to. */
export const requestsOf = (name: OperationName): Requests =>
    (otherNames as Partial<Record<OperationName, Requests>>)[name] ?? { operations: [name as OwnOperation] };

/** Whether a request is one of those that `name` stands for. */
export function isRequestOf(name: OperationName, request: { method: string; operation: string | null }): boolean {
    const { operations, method } = requestsOf(name);
    return (
        (operations as readonly (string | null)[]).includes(request.operation) && (method ?? request.method) === request.method
    );
}

export * from './connection.js';
export * from './connection-input.js';
export { Connections } from './connections.js';
export * from './credentials.js';
export type { GetConnectionOptions, GetTokenOptions } from './fetch-options.js';
export type { IterateConnectionsParams } from './iterate-connections.js';
export type { LegacyListQueries, ListConnectionsParams } from './list-query.js';
export * as operations from './operations.js';
export type { WaitForConnectionOptions } from './wait-for-connection.js';

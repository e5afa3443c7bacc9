// What the client is made of where all of it is in one bundle anyway, e.g. on Workers.
export { Actions } from '@x/actions';
export { ConnectSessions } from '@x/connect';
export { Connections } from '@x/connections';
export { EnvironmentVariables, Functions, Integrations, Providers, ScriptsConfig } from '@x/integrations';
export { ProxyCalls } from '@x/proxy';
export { Records, Syncs } from '@x/syncs';
export { LegacyIntegrations } from '../legacy-integrations.js';
export { RawRequests } from '../raw-requests.js';

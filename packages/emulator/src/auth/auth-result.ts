import type { ConnectSessionRow } from '../connect/session-row.js';
import type { ApiKeyRow } from '../environments/environment-row.js';
import type { Environment } from '../state/environment.js';

/** Who sent a request. `environment` is missing for account keys only. */
export type AuthResult =
    | { kind: 'key'; key: ApiKeyRow; scopes: readonly string[]; environment: Environment | undefined }
    | { kind: 'session'; session: ConnectSessionRow; scopes: readonly string[]; environment: Environment };

/** What a route asks of its caller (contract 2). `scopes` are alternatives; none means any key of an environment. */
export type RouteAuth =
    | { kind: 'key'; scopes: readonly string[] }
    | { kind: 'session' }
    | { kind: 'sessionOrKey'; scopes: readonly string[] }
    | { kind: 'account'; scopes: readonly string[] }
    | { kind: 'none' };

/** A route for API keys that hold one of these scopes. */
export const keyWith = (...scopes: string[]): RouteAuth => ({ kind: 'key', scopes });

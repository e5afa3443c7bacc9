import { ForbiddenError } from '../errors/coded-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import type { World } from '../world.js';
import type { AuthResult, RouteAuth } from './auth-result.js';
import { hasScope } from './has-scope.js';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const sandboxPrefix = 'nango_sbx_v1_';
const sessionPrefix = 'nango_connect_session_';
const sessionToken = /^nango_connect_session_[0-9a-f]{64}$/;

/** A session may list integrations, nothing else that has a scope (contract 2.4). */
const sessionScopes = ['environment:integrations:list'];

/**
 * Find out who sent the request.
 * @throws LegacyError 401 with the codes of contract 2.2
 */
export function authenticate(world: World, auth: RouteAuth, headers: Headers): AuthResult | null {
    if (auth.kind === 'none') return null;
    const header = headers.get('authorization');
    if (!header) throw new LegacyError(401, 'missing_auth_header', 'The request has no Authorization header.');
    const token = header.split('Bearer ').pop() ?? '';
    if (token === '') throw new LegacyError(401, 'malformed_auth_header', 'The Authorization header holds no key.');
    if (auth.kind === 'session' || (auth.kind === 'sessionOrKey' && token.startsWith(sessionPrefix))) {
        return authenticateSession(world, token);
    }
    if (!uuidV4.test(token) && !token.startsWith(sandboxPrefix)) {
        throw new LegacyError(
            401,
            'invalid_secret_key_format',
            'The key in the Authorization header is not a UUID of version 4.',
        );
    }
    const key = world.store.keys.get(token);
    const wantsScript = headers.get('nango-is-script') === 'true';
    if (!key || (key.kind === 'script') !== wantsScript) {
        throw new LegacyError(401, 'unknown_account', 'No account has this key.');
    }
    const environment = key.environmentId === null ? undefined : world.store.environmentById(key.environmentId);
    return { kind: 'key', key, scopes: key.scopes, environment };
}

/** The session of a token, for routes that take it elsewhere than in the Authorization header. */
export function authenticateSession(world: World, token: string): AuthResult & { kind: 'session' } {
    if (!sessionToken.test(token)) {
        throw new LegacyError(401, 'invalid_connect_session_token_format', 'This is not the form of a connect session token.');
    }
    const found = world.store.session(token, world.clock.now());
    if (!found) throw new LegacyError(401, 'unknown_connect_session_token', 'The connect session does not exist or has expired.');
    return { kind: 'session', ...found, scopes: sessionScopes };
}

/** @throws ForbiddenError when the caller lacks what the route asks for (contract 2.3) */
export function authorize(auth: RouteAuth, who: AuthResult | null): void {
    if (auth.kind === 'none' || auth.kind === 'session' || !who) return;
    if (auth.kind !== 'account' && !who.environment) throw new ForbiddenError('This key is not valid for an environment.');
    if (auth.scopes.length === 0 || auth.scopes.some((scope) => hasScope(who.scopes, scope))) return;
    throw new ForbiddenError(
        auth.scopes.length === 1
            ? `This key lacks the scope ${auth.scopes[0]}.`
            : `This key lacks a scope; one of these is required: ${auth.scopes.join(', ')}.`,
    );
}

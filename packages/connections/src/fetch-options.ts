import type { CallInput, CallOptions, Operation } from '@x/core';
import { argumentError, callOptionMembers, type KnownMembers, readKnown, requireId } from '@x/core/internal';

/** Options of `getConnection`, instead of its three booleans. */
export interface GetConnectionOptions extends CallOptions {
    /** Gets a new access token from the provider, even if the old one still lasts. @default false */
    forceRefresh?: boolean | undefined;
    /** Adds the refresh token to the answer. @default false */
    refreshToken?: boolean | undefined;
    /** Gets a new JWT of a GitHub app. @default false */
    refreshGithubAppJwtToken?: boolean | undefined;
}

/** Options of `getToken` and `getRawTokenResponse`, instead of their two booleans. */
export type GetTokenOptions = Omit<GetConnectionOptions, 'refreshToken'>;

/** The three booleans that the API takes. */
export interface FetchFlags {
    forceRefresh?: boolean | null | undefined;
    refreshToken?: boolean | null | undefined;
    refreshGithubAppJwtToken?: boolean | null | undefined;
}

const known: KnownMembers<GetConnectionOptions> = {
    forceRefresh: true,
    refreshToken: true,
    refreshGithubAppJwtToken: true,
    ...callOptionMembers,
};

/** Which flags and options a call has, whether they came as booleans or as one object. */
export function readFetchOptions(
    first: boolean | GetConnectionOptions | null | undefined,
    rest: Omit<FetchFlags, 'forceRefresh'>,
    options: CallOptions | undefined,
    operation: string,
): { flags: FetchFlags; options: CallOptions | undefined } {
    if (typeof first !== 'object' || first === null) return { flags: { forceRefresh: first, ...rest }, options };
    const { forceRefresh, refreshToken, refreshGithubAppJwtToken, ...given } = readKnown(first, known, operation);
    return { flags: { forceRefresh, refreshToken, refreshGithubAppJwtToken }, options: given };
}

/** How one connection is fetched. */
export interface ConnectionFetch {
    /** Texts of the integration's id and of its own. */
    readonly of: readonly [string, string];
    readonly operation: Operation;
    readonly input: CallInput;
}

/**
 * The operation and input that fetch one connection. All three flags are always sent, as by the vendor's client.
 *
 * @throws {NangoInputError}
 */
export function fetchConnection(
    operation: Operation,
    providerConfigKey: string,
    connectionId: string,
    flags: FetchFlags,
    options: CallOptions | undefined,
): ConnectionFetch {
    const { name } = operation;
    const of = [requireId(providerConfigKey, 'providerConfigKey', name), requireId(connectionId, 'connectionId', name)] as const;
    const query = {
        provider_config_key: of[0],
        force_refresh: flag(flags.forceRefresh, 'forceRefresh', name),
        refresh_token: flag(flags.refreshToken, 'refreshToken', name),
        refresh_github_app_jwt_token: flag(flags.refreshGithubAppJwtToken, 'refreshGithubAppJwtToken', name),
    };
    // A refresh may have used up the refresh token: it is not to be done twice.
    const fitting = query.force_refresh ? { ...operation, idempotent: false } : operation;
    return { of, operation: fitting, input: { path: { connectionId: of[1] }, query, options } };
}

function flag(value: boolean | null | undefined, name: string, operation: string): boolean {
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    throw argumentError(operation, name, 'must be true or false');
}

import type { QueryValue } from '@x/core';
import { argumentError, inputError, type KnownMembers, readKnown, requireId, requireKnown } from '@x/core/internal';

/** Which connections to list. All that is given must match. */
export interface ListConnectionsParams<I extends string = string> {
    /** Exactly this connection id; several integrations may have one. */
    connectionId?: string | undefined;
    /** Id of the end user. */
    userId?: string | undefined;
    /** One or more integrations. */
    integrationId?: I | readonly I[] | undefined;
    /**
     * Tags that the connection must have. `displayName` and `email` are older names of `end_user_display_name` and
     * `end_user_email`; keys are compared in lower case.
     */
    tags?: Record<string, string> | undefined;
    /** 1 to 2,000. @default all, up to 10,000 */
    limit?: number | undefined;
    /** From 0, in pages of `limit`. @default 0 */
    page?: number | undefined;
}

/** Third argument of the older form of `listConnections`. */
export interface LegacyListQueries {
    endUserId?: string | undefined;
    endUserOrganizationId?: string | undefined;
    limit?: number | undefined;
    page?: number | undefined;
    /** Not sent in this form, as in `@nangohq/node`: use the object form. */
    integrationId?: string | undefined;
    /** Not sent in this form, as in `@nangohq/node`: use the object form. */
    tags?: Record<string, string> | undefined;
}

/** The query of a list. */
export type Query = Record<string, QueryValue>;

const knownParams: KnownMembers<ListConnectionsParams> = {
    connectionId: true,
    userId: true,
    integrationId: true,
    tags: true,
    limit: true,
    page: true,
};

/** @throws {NangoInputError} for a member that is none of them: a filter that is spelled wrong would list everybody's connections */
export function readParams(params: ListConnectionsParams, operation: string): ListConnectionsParams {
    return readKnown(params, knownParams, operation);
}

const knownQueries: KnownMembers<LegacyListQueries> = {
    endUserId: true,
    endUserOrganizationId: true,
    limit: true,
    page: true,
    integrationId: true,
    tags: true,
};

/**
 * The query of the object form.
 *
 * @throws {NangoInputError} when a filter is there but empty or of another type: left out, it would list everybody's connections
 */
export function listQuery(params: ListConnectionsParams, operation: string): Query {
    const query: Query = {
        connectionId: filter(params.connectionId, 'connectionId', operation),
        endUserId: filter(params.userId, 'userId', operation),
        integrationId: integrations(params.integrationId, operation),
    };
    for (const [key, value] of Object.entries(params.tags ?? {})) {
        query[`tags[${tagName(key, operation)}]`] = tagValue(value, `tags.${key}`, operation);
    }
    query.limit = unlessZero(params.limit);
    query.page = unlessZero(params.page);
    return query;
}

/** The query of the older form: what is empty is left out. */
export function legacyListQuery(
    connectionId: string | null | undefined,
    search: string | null | undefined,
    queries: LegacyListQueries | null | undefined,
    operation: string,
): Query {
    if (queries) requireKnown(queries, knownQueries, operation);
    return {
        connectionId: legacyId(connectionId, 'connectionId', operation),
        search: search || undefined,
        endUserId: legacyId(queries?.endUserId, 'endUserId', operation),
        endUserOrganizationId: legacyId(queries?.endUserOrganizationId, 'endUserOrganizationId', operation),
        limit: unlessZero(queries?.limit),
        page: unlessZero(queries?.page),
    };
}

/** A number that is no id would list everybody's connections, as `NaN` left out. */
function legacyId(id: unknown, name: string, operation: string): string | undefined {
    return typeof id === 'number' ? requireId(id, name, operation) : (id as string | null | undefined) || undefined;
}

/** Leaves out what the vendor's client leaves out, but `NaN`: read as page 0, it would make a loop over pages endless. */
function unlessZero(value: number | undefined): number | undefined {
    return Number.isNaN(value) ? value : value || undefined;
}

function filter(value: unknown, name: string, operation: string): string | undefined {
    if (value === undefined) return undefined;
    return typeof value === 'number' ? requireId(value, name, operation) : tagValue(value, name, operation);
}

function tagValue(value: unknown, name: string, operation: string): string {
    if (typeof value === 'string' && value !== '') return value;
    throw argumentError(operation, name, 'must be a non-empty string; leave it out to list without this filter');
}

function integrations(value: ListConnectionsParams['integrationId'], operation: string): string | undefined {
    if (value === undefined || typeof value === 'string' || typeof value === 'number')
        return filter(value, 'integrationId', operation);
    if (Array.isArray(value) && value.length > 0) {
        const keys = value.map((key) => filter(key ?? null, 'integrationId', operation) as string);
        for (const key of keys) {
            // The server splits the list at commas; no integration's id has one (contract 4).
            if (key.includes(',')) {
                throw argumentError(operation, 'integrationId', 'must be ids of integrations, which hold no comma');
            }
        }
        return keys.join(',');
    }
    throw argumentError(
        operation,
        'integrationId',
        'must be a string or an array with at least one; leave it out to list all integrations',
    );
}

// Contract 4 and 18.1. Other characters would be read as another structure of the query, and the filter be lost.
function tagName(key: string, operation: string): string {
    if (key === 'displayName') return 'end_user_display_name';
    if (key === 'email') return 'end_user_email';
    const name = key.toLowerCase();
    // A query parser drops a key that every object has, and with it the filter.
    if (/^[a-z][a-z0-9_./-]*$/.test(name) && !(name in {})) return name;
    throw inputError(
        operation,
        'tags',
        "a tag's key must start with a letter, followed by letters, digits, `_`, `-`, `.` or `/`",
    );
}

import { offsetDate } from '../base/dates.js';
import type { ConnectionRow } from './connection-row.js';

/** What list and get have in common (contract 8.1, 8.2). */
function shared(row: ConnectionRow) {
    return {
        id: row.id,
        connection_id: row.connectionId,
        provider_config_key: row.providerConfigKey,
        provider: row.provider,
        errors: row.errors.map(({ type, log_id }) => ({ type, log_id })),
        end_user: row.endUser,
        tags: row.tags,
        metadata: row.metadata,
    };
}

/** One entry of `GET /connections`. */
export const presentListed = (row: ConnectionRow) => ({ ...shared(row), created: offsetDate(row.createdAt) });

/** How much of a connection the caller gets to see. */
export interface ConnectionView {
    /** Without it `credentials` is `{}`. */
    credentials: boolean;
    /** Without it every key that spells "refreshtoken" is removed, at any depth (contract 8.2). */
    refreshToken: boolean;
    /** Dates: `+00:00` on GET, `Z` on import (contract 8.5). */
    date?: (ms: number) => string;
}

/** The full connection of `GET /connections/:id` and `POST /connections`. */
export function presentConnection(row: ConnectionRow, view: ConnectionView) {
    const date = view.date ?? offsetDate;
    const strip = <T>(value: T): T => (view.refreshToken ? value : (withoutRefreshTokens(value) as T));
    return {
        ...shared(row),
        connection_config: strip(row.connectionConfig),
        webhook_url_override: row.webhookUrlOverride,
        created_at: date(row.createdAt),
        updated_at: date(row.updatedAt),
        last_fetched_at: row.lastFetchedAt === null ? null : date(row.lastFetchedAt),
        credentials: view.credentials ? strip(row.credentials) : {},
    };
}

const spellsRefreshToken = (key: string) => key.toLowerCase().replace(/[^a-z]/g, '') === 'refreshtoken';

function withoutRefreshTokens(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutRefreshTokens);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => !spellsRefreshToken(key))
            .map(([key, inner]) => [key, withoutRefreshTokens(inner)]),
    );
}

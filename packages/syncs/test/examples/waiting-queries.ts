import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';

/** Queries that wait for a database that is being restarted, for half a minute. Only for those that may run twice, as pg-boss's may. */
export function waitingQueries(pool: Pool) {
    return async (sql: string, params?: unknown[]) => {
        for (let tries = 1; ; tries++) {
            try {
                return await pool.query(sql, params);
            } catch (error) {
                if (!isAway(error) || tries === 60) throw error;
                await setTimeout(500);
            }
        }
    };
}

function isAway(error: unknown): boolean {
    const { code, message } = error as { code?: string; message: string };
    // Classes 08 and 57P: connection exceptions, shutting down, starting up.
    return /^(08|57P0|ECONN|EPIPE)/.test(code ?? '') || message.startsWith('Connection terminated');
}

import type { Nango } from '@x/node';
import type { SqlCursors } from '@x/syncs/sql';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { Database, Tables } from './database/database.js';
import type { Jobs } from './jobs.js';
import type { LiveUpdates } from './live-updates.js';
import type { NangoTypes } from './nango.gen.js';
import type { User } from './users.js';

/** What routes and jobs work with. */
export interface Services {
    readonly config: Config;
    /** Knows this product's integrations, models and actions. */
    readonly nango: Nango<NangoTypes>;
    readonly database: Database;
    readonly cursors: SqlCursors<Tables>;
    readonly jobs: Jobs;
    readonly updates: LiveUpdates;
    readonly log: Logger;
}

/** What Hono hands to each route. */
export interface AppEnv {
    Variables: { user: User };
}

import type { Nango } from '@x/node';
import type { User } from './current-user.js';
import type { Database } from './database.js';

/** What the routes work with. */
export interface Services {
    readonly nango: Nango;
    readonly database: Database;
    /** The key of webhook signatures: not the API key. */
    readonly webhookSigningKey: string;
}

/** What Hono hands to each route. */
export interface AppEnv {
    Variables: { user: User };
}

/** The integrations of this product, by their ids in Nango. */
export const integrations = { crm: 'hubspot', issues: 'github' } as const;

import type { User } from './current-user.js';
import type { Database, Link } from './database.js';
import { NotConnectedError } from './errors.js';

/**
 * The user's connection of an integration. Routes take the connection id from here and never from the request: otherwise one
 * user could name another's connection.
 *
 * @throws {NotConnectedError}
 */
export function linkOf(database: Database, user: User, integrationId: string): Link {
    const link = database.findLink(user.id, integrationId);
    if (!link) throw new NotConnectedError(integrationId);
    return link;
}

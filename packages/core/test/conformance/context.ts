import type { RouteServer } from '../support/route-server.js';

/** What the parts of the suite are given. */
export interface Context {
    server(): RouteServer;
}

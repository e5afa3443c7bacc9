import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { registerLogos } from '../providers/register-logos.js';
import { OAuthFlows } from './oauth-flows.js';
import { connectPage } from './pages/connect-page.js';
import { registerAuthRoutes } from './register-auth-routes.js';
import { registerOAuth } from './register-oauth.js';
import { registerTelemetry } from './register-telemetry.js';

/** The Connect page and all that it and the vendor's frontend package call (contract 15.5, 16). */
export function registerConnect(routes: Routes, context: EmulatorContext): void {
    registerAuthRoutes(routes, context);
    registerOAuth(routes, context, new OAuthFlows(context.clock), context.sockets);
    registerTelemetry(routes, context);
    registerLogos(routes, context);
    routes.hono.get('/connect-ui/*', (c) => {
        c.set('operation', 'connectPage');
        return connectPage(c);
    });
}

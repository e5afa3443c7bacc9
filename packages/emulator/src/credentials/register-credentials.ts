import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { credentialKeeper } from './credential-keeper.js';

/** Puts token refresh and credential tests in their place; they have no route of their own. */
export function registerCredentials(_routes: Routes, context: EmulatorContext): void {
    context.ports.credentials = credentialKeeper(context);
}

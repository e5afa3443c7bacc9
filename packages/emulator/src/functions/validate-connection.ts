import { ActionError } from '../actions/action-error.js';
import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';

/**
 * Runs the integration's `validate-connection` functions, as the server does before it keeps new credentials (contract 8.5, 16.4).
 * @returns why the connection is refused: the `message` or `error` of what was thrown; null when nothing was
 */
export async function validateConnection(world: World, environment: Environment, integrationId: string): Promise<string | null> {
    const functions = environment.functions.filter(
        (row) => row.integrationId === integrationId && row.event === 'validate-connection' && row.enabled,
    );
    for (const { name } of functions) {
        try {
            await world.functions.onEvent(integrationId, name)?.run();
        } catch (error) {
            return reasonOf(error instanceof ActionError ? error.payload : error);
        }
    }
    return null;
}

function reasonOf(thrown: unknown): string {
    const { message, error } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
    const reason = [message, error].find((text) => typeof text === 'string');
    return (reason as string | undefined) ?? 'The connection failed validation.';
}

import type { Logger } from '../types/hooks.js';

/** Writes what an operator should see: to the client's logger, without one as a warning of the process. */
export function tellOperator(logger: Logger | undefined, message: string, details?: Record<string, unknown>): void {
    if (logger) {
        try {
            if (details) logger.warn?.(message, details);
            else logger.warn?.(message);
        } catch {
            // A log line is not worth a call.
        }
        return;
    }
    const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
    if (typeof process?.emitWarning === 'function') process.emitWarning(message, 'NangoWarning');
    else console.warn(message);
}

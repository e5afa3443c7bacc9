import { NangoInputError } from '@x/core';
import { argumentError, requireId } from '@x/core/internal';

/** Names an async action: what `triggerActionAsync` returned, or one part of it. */
export interface AsyncActionHandle {
    id?: string | undefined;
    /** `/action/<id>`. */
    statusUrl?: string | undefined;
}

const STATUS_URL = /^\/action\/([\w.~-]+)$/;

/**
 * The id in a handle. A status URL can only be a path below `/action`: it must not send the key to another route or host.
 *
 * @throws {NangoInputError} when there is neither, or the URL is another one
 */
export function actionId(handle: AsyncActionHandle, operation: string): string {
    const { id, statusUrl } = handle ?? {};
    if (!statusUrl && !id && typeof id !== 'number') {
        throw new NangoInputError(`${operation}: pass { id } or { statusUrl }, as triggerActionAsync returned them`, {
            operation,
        });
    }
    if (!statusUrl) return requireId(id, 'id', operation);
    const found = typeof statusUrl === 'string' ? STATUS_URL.exec(statusUrl)?.[1] : undefined;
    if (found === undefined) {
        throw argumentError(operation, 'statusUrl', 'must be a path such as /action/<id>');
    }
    return found;
}

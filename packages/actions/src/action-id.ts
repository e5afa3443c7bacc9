import { NangoInputError } from '@x/core';
import { requireId } from '@x/core/internal';

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
    if (!statusUrl && !id) {
        throw new NangoInputError(`${operation}: pass { id } or { statusUrl }, as triggerActionAsync returned them`, {
            operation,
        });
    }
    if (!statusUrl) {
        requireId(id, 'id', operation);
        return id;
    }
    const found = typeof statusUrl === 'string' ? STATUS_URL.exec(statusUrl)?.[1] : undefined;
    if (found === undefined) {
        throw new NangoInputError(`${operation}: \`statusUrl\` must be a path such as /action/<id>`, {
            operation,
            parameter: 'statusUrl',
        });
    }
    return found;
}

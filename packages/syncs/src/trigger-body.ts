import { inputError, requireKnown, warnOnce } from '@x/core/internal';
import type { SyncMode, TriggerSyncOptions } from './sync-types.js';

const modes = new Set(['incremental', 'full_refresh', 'full_refresh_and_clear_cache']);

/**
 * The part of the body that says how to run. The server refuses the new form beside an old one, so only one is
 * sent.
 *
 * @throws {NangoInputError} for an unknown mode
 */
export function runMode(mode: TriggerSyncOptions | SyncMode | null | undefined): {
    opts?: TriggerSyncOptions;
    sync_mode?: string;
} {
    if (mode === undefined || mode === null) return {};
    if (typeof mode === 'object') {
        requireKnown(mode, { reset: true, emptyCache: true }, 'triggerSync', 'the members of `opts`');
        const { reset, emptyCache } = mode;
        return { opts: { reset, emptyCache } };
    }
    const text = mode === true ? 'full_refresh' : mode === false ? 'incremental' : mode;
    if (!modes.has(text)) {
        throw inputError('triggerSync', 'opts', 'the fourth argument must be { reset?, emptyCache? }');
    }
    warnOnce(
        'triggerSync.mode',
        `triggerSync: ${JSON.stringify(mode)} as fourth argument is deprecated, pass ${replacement[text]}`,
    );
    return { sync_mode: text };
}

const replacement: Record<string, string> = {
    incremental: '{} or nothing',
    full_refresh: '{ reset: true }',
    full_refresh_and_clear_cache: '{ reset: true, emptyCache: true }',
};

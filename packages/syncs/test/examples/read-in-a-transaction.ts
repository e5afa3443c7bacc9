import { NangoCursorConflictError, NangoLockError, type RecordsKey } from '@x/node';
import { nango } from './nango.js';
import { issues } from './postgres.js';

/** False when another process is at it: it reads what there is, so nothing is left to do here. */
export async function readIssues(key: RecordsKey): Promise<boolean> {
    try {
        await nango.consumeRecords(key, issues);
        return true;
    } catch (error) {
        if (error instanceof NangoCursorConflictError || error instanceof NangoLockError) return false;
        throw error;
    }
}

import { NangoBatchError, NangoCursorError, type RecordsKey } from '@x/node';
import { database } from './app.js';
import { readNewIssues } from './mirror.js';

/** Gets past what a run can't get past by itself. */
export async function readWhateverHappens(key: RecordsKey): Promise<void> {
    try {
        await readNewIssues(key);
    } catch (error) {
        if (error instanceof NangoBatchError && error.stage === 'handle') {
            // Note which records they are, then leave them out.
            database.broken.push({ key, after: error.resumeFrom, upTo: error.cursor, because: error.cause });
            await database.saveCursor(key, error.cursor);
        } else if (error instanceof NangoCursorError) {
            // The server can't use the saved cursor: begin again. Records that are known come again.
            await database.forgetCursor(key);
        } else {
            throw error;
        }
        await readWhateverHappens(key);
    }
}

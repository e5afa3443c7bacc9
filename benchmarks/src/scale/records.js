// A million records through `iterateRecords`, through `consumeRecords` into SQLite, and through the loop that users of the vendor's client write.
import { startServer } from '../processes.js';
import { runScript } from './run-script.js';

export const ways = ['iterateRecords', 'consumeRecords', 'the loop over listRecords, @nangohq/node'];

/** @returns by way: records, seconds, CPU seconds, MiB at three places and at the peak */
export async function measureRecords({ total = 1_000_000, pageSize = 1_000 } = {}) {
    const server = await startServer();
    const results = {};
    for (const way of ways) {
        const host = `http://127.0.0.1:${server.port}`;
        results[way] = await runScript('./records-process.js', [way, host, total, pageSize]);
    }
    server.stop();
    return results;
}

// Ten thousand clients in one process, as an app has that makes one a request or one a customer.
import { runScript } from './run-script.js';

/** @returns by client: what one of `count` takes while it is idle and once it was used, and what stays when all are gone */
export async function measureClients({ count = 10_000, names = ['@x/node', '@nangohq/node'] } = {}) {
    const results = {};
    for (const name of names) results[name] = await runScript('./clients-process.js', [name, count]);
    return results;
}

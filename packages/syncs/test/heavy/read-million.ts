/** Reads all records of a server and prints the memory it took on the way. Run as a process of its own: see records.test.ts. */

import { Records } from '@x/syncs';

declare const gc: () => void;

const [host, pageSize] = process.argv.slice(2) as [string, string];
const nango = new Records({ apiKey: 'k', host });
const config = { providerConfigKey: 'p', connectionId: 'c', model: 'Big', pageSize: Number(pageSize) };
const every = Number(pageSize) * 10;

let records = 0;
let inOrder = true;
/** MiB in use after a collection, each ten pages. */
const heap: number[] = [];
const started = performance.now();
for await (const record of nango.iterateRecords<{ id: string }>(config)) {
    inOrder &&= record.id === String(records);
    if (++records % every === 0) {
        gc();
        heap.push(process.memoryUsage().heapUsed / 1024 / 1024);
    }
}
console.log(JSON.stringify({ records, inOrder, heap, seconds: (performance.now() - started) / 1000 }));

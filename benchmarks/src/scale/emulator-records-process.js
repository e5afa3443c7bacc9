// A million records in one model of the emulator: what they take, and what a page takes at the start, in the middle and at the end. Prints it.
import { createEmulator } from '@x/emulator';

const [total, each] = process.argv.slice(2).map(Number);
const where = { provider_config_key: 'github', connection_id: 'c1', model: 'Issue' };
const emulator = createEmulator({
    rateLimit: false,
    seed: {
        integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
        connections: [{ provider_config_key: 'github', connection_id: 'c1', credentials: { type: 'NONE' } }],
    },
});
const heap = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed;
};
const record = (index) => ({
    id: `r${index}`,
    title: `title of ${index}`,
    body: 'some text that a record may hold, as long as the description of an issue is. '.repeat(3),
    open: index % 2 === 0,
});
const page = async (query) => {
    const headers = { authorization: `Bearer ${emulator.apiKey}`, 'provider-config-key': 'github', 'connection-id': 'c1' };
    const response = await emulator.fetch(`/records?model=Issue&${query}`, { headers });
    if (response.status !== 200) throw new Error(await response.text());
    return response.json();
};
const after = (cursor, limit) => page(`limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);

const before = heap();
const begun = performance.now();
for (let from = 0; from < total; from += each)
    await emulator.control.records({ ...where, save: Array.from({ length: each }, (_, index) => record(from + index)) });
const seconds = (performance.now() - begun) / 1_000;
const bytes = (heap() - before) / total;

// Read through, ten places remembered.
const cursors = [];
let cursor = null;
let seen = 0;
const readBegun = performance.now();
do {
    if (seen % (total / 10) === 0) cursors.push(cursor);
    const { records, next_cursor } = await after(cursor, 1_000);
    seen += records.length;
    cursor = next_cursor;
} while (cursor);
const readSeconds = (performance.now() - readBegun) / 1_000;

/** Median CPU time of a page, in µs. */
async function cost(ask) {
    const taken = [];
    for (let time = 0; time < 60; time++) {
        const start = process.cpuUsage();
        await ask(time);
        const { user, system } = process.cpuUsage(start);
        taken.push(user + system);
    }
    return taken.sort((a, b) => a - b)[30];
}
const pages = [];
for (const place of cursors) pages.push(await cost(() => after(place, 100)));
// Each page after a change: nothing that was in order is put in order again.
const afterChange = await cost(async (time) => {
    await emulator.control.records({ ...where, save: [{ ...record(time * 7), title: `changed ${time}` }] });
    return after(cursors.at(-1), 100);
});
const change = await cost((time) =>
    emulator.control.records({ ...where, save: [{ ...record(time * 7), title: `changed again ${time}` }] }),
);
const byIds = await cost(() => page(`ids=r1&ids=r${total - 1}`));
console.log(JSON.stringify({ seen, seconds, bytes, readSeconds, pages, afterChange, change, byIds }));
process.exit();

// What is measured, and with which clients. `calls` is the work of one round; `warmUp` goes ahead in each process.
const scale = Number(process.env.SCALE ?? 1);

const few = ['ours', 'vendor', 'node:http'];
const most = ['ours', 'ours-plain', 'ours-fetch', 'vendor', 'ofetch', 'undici', 'node:http'];
// Beside the limit of each runtime, so on every runtime.
const limit = { limit: true, clients: [...most, 'ky', 'fetch', 'no call'] };

// The calls after which the compilers have settled. V8 compiles what runs once a call for good after some 6,000 calls on Node 20 and 22, and
// after 12,000 on Node 24; until then a call takes up to twice the CPU, and the more of it the more code it runs through.
const settled = Math.round(15_000 * scale);

const each = (call, calls, concurrency) => ({
    clients: most,
    calls: Math.max(concurrency, Math.round(calls * scale)),
    // All clients warm up at once: with 500 connections each, the server would refuse some.
    warmUp: (client) => many(() => call(client), settled, Math.min(concurrency, 50)),
    run: (client, count) => many(() => call(client), count, concurrency),
});

// For their peak of memory: each round has a process of its own, with nothing before it.
const iterating = (pages, clients) => ({ clients, calls: 1, fresh: true, run: (client) => iterate(client, pages) });

const coldStart = (script) => ({
    clients: few,
    fresh: true,
    script: (client) => (client === 'node:http' ? 'cold-start-floor.cjs' : script),
});

// A page takes long: pages of one record let the compilers settle.
const records = (size, calls, concurrency = 1) => ({
    ...each((client) => client.records('M1', size), calls, concurrency),
    warmUp: (client) => many(() => client.records('M1', 1), settled, 50),
});

const connection = (client) => client.connection();
const post = (client) => client.post();

export const jobs = {
    'getConnection, 50 at a time': { ...each(connection, 4_000, 50), ...limit },
    'proxy POST, 50 at a time': { ...each(post, 4_000, 50), ...limit },
    'records, pages of 1,000, 50 at a time': { ...records(1_000, 100, 50), ...limit },
    'getConnection, 1 at a time': each(connection, 1_500, 1),
    'getConnection, 500 at a time': each(connection, 3_000, 500),
    'proxy POST, 1 at a time': each(post, 1_500, 1),
    'records, pages of 100': records(100, 400),
    'records, pages of 1,000': records(1_000, 60),
    'getConnection, 50 at a time, gzip': { ...each(connection, 3_000, 50), gzip: true },
    'records, pages of 1,000, gzip': { ...records(1_000, 60), gzip: true },
    'iterate 200 pages': iterating(200, most),
    'iterate 2,000 pages': iterating(2_000, few),
    'cold start, ESM': coldStart('cold-start.mjs'),
    'cold start, CJS': coldStart('cold-start.cjs'),
};

async function many(call, count, concurrency) {
    let left = count;
    await Promise.all(
        Array.from({ length: concurrency }, async () => {
            while (left-- > 0) await call();
        }),
    );
}

async function iterate(client, pages) {
    let cursor;
    let seen = 0;
    do {
        const page = await client.records(`M${pages}`, 100, cursor);
        seen += page.records.length;
        cursor = page.next_cursor;
    } while (cursor);
    if (seen !== pages * 100) throw new Error(`saw ${seen} records`);
}

// What is measured. `calls` is the work of one round; as much goes ahead as warm-up, until the compilers have settled.
const scale = Number(process.env.SCALE ?? 1);

const each = (call, calls, concurrency) => ({
    calls: Math.max(concurrency, Math.round(calls * scale)),
    concurrency,
    run: (client, count) => many(() => call(client), count, concurrency),
});

export const jobs = {
    'getConnection, 1 at a time': each((client) => client.connection(), 2_000, 1),
    'getConnection, 50 at a time': each((client) => client.connection(), 6_000, 50),
    'getConnection, 500 at a time': each((client) => client.connection(), 6_000, 500),
    'proxy POST, 1 at a time': each((client) => client.post(), 2_000, 1),
    'proxy POST, 50 at a time': each((client) => client.post(), 6_000, 50),
    'records, pages of 100': each((client) => client.records('M1', 100), 500, 1),
    'records, pages of 1,000': each((client) => client.records('M1', 1_000), 60, 1),
    'iterate 200 pages': { calls: 1, concurrency: 1, warmUp: 0, run: (client) => iterate(client, 200) },
    'iterate 2,000 pages': { calls: 1, concurrency: 1, warmUp: 0, run: (client) => iterate(client, 2_000) },
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

const whole = (number) => Math.round(number).toLocaleString('en');
const table = (head, rows) =>
    [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export function recordsTable(results) {
    return table(
        ['', 'records/s', 'CPU, µs a record', 'heap at 10, 50, 100 %, MiB', 'RSS at 10, 50, 100 %, MiB', 'peak, MiB'],
        Object.entries(results).map(([way, { seen, seconds, cpu, peak, marks }]) => [
            way,
            whole(seen / seconds),
            ((cpu / seen) * 1e6).toFixed(1),
            Object.values(marks)
                .map(({ heap }) => heap.toFixed(1))
                .join(', '),
            Object.values(marks)
                .map(({ rss }) => whole(rss))
                .join(', '),
            whole(peak),
        ]),
    );
}

const rounds = { sameKey: 'one key', ownKeys: 'a key each', ownKeysAgain: 'a key each, again' };

export function clientsTable(results, count) {
    return table(
        [
            `${whole(count)} clients`,
            'µs to construct',
            'bytes each, unused',
            'bytes each, used',
            'connections',
            'timers left',
            'clients alive at the end',
            'bytes each at the end',
        ],
        Object.entries(results).flatMap(([name, { rounds: measured }]) =>
            Object.entries(measured).map(([round, { construct, idle, used, sockets, timers, alive, after }]) => [
                `${name}, ${rounds[round]}`,
                construct.toFixed(0),
                whole(idle),
                whole(used),
                sockets,
                timers,
                alive,
                whole(after),
            ]),
        ),
    );
}

export function rateTable(results) {
    return table(
        ['', 'CPU, µs a request', 'to its floor', 'requests/s on one core'],
        Object.entries(results).map(([name, { micros, ratio, rate }]) => [name, whole(micros), ratio.toFixed(1), whole(rate)]),
    );
}

export function emulatorRecordsTable({ seconds, bytes, readSeconds, pages, afterChange, change, byIds }, total) {
    return table(
        [`${whole(total)} records in a model`, ''],
        [
            ['saved by `control.records`, 10,000 at a time', `${seconds.toFixed(1)} s`],
            ['memory a record', `${whole(bytes)} bytes`],
            ['read through in pages of 1,000', `${readSeconds.toFixed(1)} s`],
            ['CPU of a page of 100 at 0, 10, … 90 % of the way', `${pages.map(whole).join(', ')} µs`],
            ['CPU of one record changed', `${whole(change)} µs`],
            ['CPU of one record changed and a page of 100', `${whole(afterChange)} µs`],
            ['CPU of two records by `ids`', `${whole(byIds)} µs`],
        ],
    );
}

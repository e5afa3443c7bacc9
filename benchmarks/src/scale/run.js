// How far it carries: a million records, ten thousand clients, an emulator under load. Prints tables.
//
//   node src/scale/run.js [--only <part>]… [--write] [--check]
//
// --only   records, clients, emulator-rate or emulator-records; may be given several times
// --write  puts the tables into docs/scale.md
// --check  on fewer of each, and fails for what does not depend on the machine's speed: counts, and memory that grows
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureClients } from './clients.js';
import { measureRate } from './emulator-rate.js';
import { measureEmulatorRecords } from './emulator-records.js';
import { measureRecords } from './records.js';
import { clientsTable, emulatorRecordsTable, rateTable, recordsTable } from './tables.js';

const { values: options } = parseArgs({
    options: { only: { type: 'string', multiple: true }, write: { type: 'boolean' }, check: { type: 'boolean' } },
});
const { check: small } = options;
const page = new URL('../../../docs/scale.md', import.meta.url);

const failed = [];
let passed = 0;
function check(what, holds) {
    if (holds) passed++;
    else failed.push(`scale: ${what}`);
}

const parts = {
    async records() {
        const total = small ? 200_000 : 1_000_000;
        const results = await measureRecords({ total });
        for (const [way, { seen, marks }] of Object.entries(results)) {
            check(`${way} saw ${seen} of ${total} records`, seen === total);
            const [first, ...later] = Object.values(marks).map(({ heap }) => heap);
            // A page ahead may be whole or not yet there: some MiB. What is kept of each record would be tens of them.
            check(`${way} holds ${later.map(Math.round)} MiB after ${Math.round(first)}`, Math.max(...later) - first < 20);
        }
        return recordsTable(results);
    },
    async clients() {
        const count = small ? 2_000 : 10_000;
        const results = await measureClients({ count, names: small ? ['@x/node'] : undefined });
        for (const [round, { sockets, timers, alive, after }] of Object.entries(results['@x/node'].rounds)) {
            check(`${round}: ${alive} clients live on`, alive === 0);
            check(`${round}: ${timers} timers are left`, timers === 0);
            check(`${round}: ${sockets} connections for calls ten at a time`, sockets <= 10);
            // A client that lived on would take some kilobytes.
            check(`${round}: ${Math.round(after)} bytes a client stay`, after < 1_500);
        }
        return clientsTable(results, count);
    },
    async 'emulator-rate'() {
        const results = await measureRate(small ? { rounds: 1, calls: 500 } : {});
        // An answer that is no success has thrown.
        check('the emulator answers under load', Object.keys(results).length > 1);
        return rateTable(results);
    },
    async 'emulator-records'() {
        const total = small ? 100_000 : 1_000_000;
        const results = await measureEmulatorRecords({ total });
        check(`the emulator listed ${results.seen} of ${total} records`, results.seen === total);
        check(`the emulator holds a record in ${Math.round(results.bytes)} bytes`, results.bytes < 2_000);
        return emulatorRecordsTable(results, total);
    },
};
const wanted = options.only ?? Object.keys(parts);
for (const name of wanted) {
    if (!parts[name]) throw new Error(`--only: there is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    const table = await parts[name]();
    console.log(`${name}\n\n${table}\n`);
    if (options.write) write(name, table);
}
if (options.write) write('machine', `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.trim()}.`);
if (options.check) {
    console.log(`bounds: ${passed} passed, ${failed.length} failed`);
    for (const one of failed) console.log(one);
    if (process.env.COUNTS_FILE)
        appendFileSync(process.env.COUNTS_FILE, `${JSON.stringify({ passed, failed: failed.length, names: failed })}\n`);
    process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Puts a table between its marks. */
function write(name, table) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const text = readFileSync(page, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/scale.md has no place for ${name}: ${begin} … ${end}`);
    writeFileSync(page, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}

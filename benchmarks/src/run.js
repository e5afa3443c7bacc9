// Measures every client on every job, in turn and in processes of their own, and prints medians of ratios within a round.
//
//   node src/run.js [--on <runtime>]… [--rounds <n>] [--write] [--quick] [--short] [--check]
//
// --on      node-20, node-22, node-24, bun, deno or workerd; may be given several times. All of them, unless it is given
// --rounds  the most rounds of a job; where noise is low it ends before
// --write   puts the tables into docs/benchmarks.md
// --quick   one round of few calls: whether everything runs. Its page goes to a temporary file, since its numbers say nothing
// --short   only what has a budget, with fewer and shorter rounds, for CI
// --check   reports what is over its budget, and fails only what noise can't explain: see `bound`
import { appendFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countHandshakes } from './handshakes.js';
import { jobs } from './jobs.js';
import { Measurements } from './measurements.js';
import { startServer } from './processes.js';
import { runtimeSection, shippedSection, writeReport } from './report.js';
import { prepareRuntime, runtimeNames } from './runtimes.js';

const { values: options } = parseArgs({
    options: {
        on: { type: 'string', multiple: true, default: runtimeNames },
        rounds: { type: 'string' },
        write: { type: 'boolean' },
        quick: { type: 'boolean' },
        short: { type: 'boolean' },
        check: { type: 'boolean' },
    },
});
const { short, quick } = options;
const rounds = Number(options.rounds ?? (quick ? 1 : 6));
if (!(rounds >= 1)) throw new Error('--rounds must be a number from 1');
if (short && options.write) throw new Error('--write needs the full form: leave out --short');
const scale = quick ? 0.02 : short ? 0.25 : 1;

const { ratios } = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8'));
/**
 * What fails: a ratio whose best round, measured again with twice the rounds, is still half as much again as its budget. Noise moves
 * single rounds, so it doesn't get there; losing what we are faster by does.
 */
const bound = 1.5;
const sections = [];
const failed = [];
let passed = 0;
const begun = performance.now();
const minutes = (since) => `${((performance.now() - since) / 60_000).toFixed(1)} min`;

// What needs the registry is first: a failure should not come after half an hour.
const runtimes = [];
for (const name of options.on) runtimes.push(await prepareRuntime(name));
if (!short) {
    const { weighBundles, weighInstalls } = await import('./shipped.js');
    sections.push(shippedSection({ installs: weighInstalls(), bundles: await weighBundles() }));
    console.log(sections[0]);
}

const servers = { plain: await startServer(), zipping: await startServer({ GZIP: '1' }) };
for (const runtime of runtimes) await measureRuntime(runtime);
for (const server of Object.values(servers)) server.stop();

if (!short) {
    const file =
        options.write && !quick
            ? fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
            : join(tmpdir(), 'benchmarks.md');
    writeReport(file, sections);
    console.log(`wrote ${file}`);
}
console.log(`all of it took ${minutes(begun)}`);
if (options.check) {
    console.log(`bounds: ${passed} passed, ${failed.length} failed`);
    if (process.env.COUNTS_FILE)
        appendFileSync(process.env.COUNTS_FILE, `${JSON.stringify({ passed, failed: failed.length, names: failed })}\n`);
    process.exitCode = failed.length === 0 ? 0 : 1;
}

async function measureRuntime(runtime) {
    const started = performance.now();
    const { name, version, clients, everyJob } = runtime;
    const budgets = ratios
        .filter(({ on }) => on.includes(name))
        .flatMap(({ client, bounds }) => bounds.map((one) => ({ client, ...one })));
    const wanted = short ? budgets.filter(({ budget }) => budget !== undefined) : budgets;
    const measurements = new Measurements(runtime, servers, scale);
    const clientsOf = (job) =>
        clients.filter((client) =>
            short
                ? wanted.some((one) => one.job === job && [one.client, one.to].includes(client))
                : jobs[job].clients.includes(client) && (everyJob || jobs[job].limit),
        );
    console.log(`${name}: ${version}`);
    for (const job of Object.keys(jobs)) if (clientsOf(job).length > 0) await measurements.measure(job, clientsOf(job), rounds);

    const over = (one) => one.budget !== undefined && measurements.ratio(one).median > one.budget;
    const fails = (one) => one.budget !== undefined && measurements.ratio(one).least > bound * one.budget;
    if (options.check) {
        const again = new Set(wanted.filter(fails).map(({ job }) => job));
        for (const job of again) {
            console.log(`out of bounds, so once more with ${2 * rounds} rounds: ${job}`);
            await measurements.measure(job, clientsOf(job), 2 * rounds);
        }
    }
    for (const one of wanted) {
        const { job, measure, client, to, aim, budget } = one;
        const { median, spread, least } = measurements.ratio(one);
        const verdict = fails(one) ? 'TOO MUCH' : over(one) ? 'over budget' : median <= aim ? 'aim met' : 'aim missed';
        const what = `${name}, ${job}: ${measure} of ${client} to ${to}`;
        console.log(
            `${verdict.padEnd(12)} ${median.toFixed(2)} ±${Math.round(spread * 100)} % (aim ${aim}, budget ${budget ?? 'none'})  ${what}`,
        );
        if (fails(one)) failed.push(`benchmark: ${what} is ${least.toFixed(2)} in its best round, budget ${budget}`);
        else if (budget !== undefined) passed++;
    }
    if (!short) {
        const handshakes = everyJob && (await countHandshakes(runtime, jobs['getConnection, 1 at a time'].clients));
        sections.push(runtimeSection({ runtime, rounds, measurements, handshakes, budgets }));
        console.log(sections.at(-1));
    }
    console.log(`${name} took ${minutes(started)}`);
}

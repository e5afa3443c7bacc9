// Measures every client on every job, in turn and in processes of their own, and prints medians of ratios within a round.
//
//   node src/run.js [--short] [--node <binary>] [--write] [--check]
//
// --short  fewer rounds, calls and jobs, for CI          --write  puts the table into docs/benchmarks.md
// --node   another Node binary                           --check  fails when a budget is exceeded
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { jobs } from './jobs.js';
import { makeCertificate, runScript, startServer } from './processes.js';
import { writeReport } from './report.js';
import { median, spread } from './statistics.js';

const { values: options } = parseArgs({
    options: {
        short: { type: 'boolean' },
        node: { type: 'string' },
        write: { type: 'boolean' },
        check: { type: 'boolean' },
        rounds: { type: 'string' },
    },
});
const node = options.node ?? process.execPath;
const rounds = Number(options.rounds ?? (options.short ? 5 : 9));
const { ratios: budgets } = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8'));
const everyone = ['ours', 'ours-plain', 'ours-fetch', 'vendor', 'ofetch', 'undici', 'node:http'];
const checked = (job) => budgets.filter((budget) => budget.job === job).flatMap(({ client, to }) => [client, to]);

/** results[job][client][measure] = values, one a round */
const results = {};
function record(job, client, measures) {
    for (const [measure, value] of Object.entries(measures)) {
        results[job] ??= {};
        results[job][client] ??= {};
        results[job][client][measure] ??= [];
        results[job][client][measure].push(value);
    }
}

const server = await startServer();
const zipping = await startServer({ GZIP: '1' });
const env = { SCALE: options.short ? '0.4' : '1' };

for (const job of Object.keys(jobs)) {
    const clients = options.short
        ? [...new Set(checked(job))]
        : job.startsWith('iterate')
          ? ['ours', 'vendor', 'node:http']
          : everyone;
    if (clients.length === 0) continue;
    for (let round = 0; round < (job.startsWith('iterate') ? Math.min(rounds, 5) : rounds); round++) {
        // Another order in each round: whoever goes first pays for a cold machine.
        for (const client of rotate(clients, round))
            record(job, client, await runScript(node, './measure.js', [client, job, `http://127.0.0.1:${server.port}`], env));
    }
    progress(job);
}

for (const format of ['esm', 'cjs']) {
    const job = `cold start, ${format}`;
    for (let round = 0; round < rounds; round++) {
        for (const client of rotate(['ours', 'vendor'], round))
            record(job, client, await runScript(node, './cold-start.js', [client, format, `http://127.0.0.1:${server.port}`]));
    }
    progress(job);
}

if (!options.short) {
    const job = 'records, pages of 1,000';
    for (let round = 0; round < rounds; round++) {
        for (const client of rotate(['ours', 'ours-fetch', 'vendor'], round)) {
            record(
                `${job}, gzip`,
                client,
                await runScript(node, './measure.js', [client, job, `http://127.0.0.1:${zipping.port}`], env),
            );
        }
    }
    progress(`${job}, gzip`);
    const certificate = makeCertificate();
    const handshakes = {};
    for (const client of ['ours', 'ours-fetch', 'vendor']) {
        const tls = await startServer({ TLS_KEY: certificate.key, TLS_CERT: certificate.cert });
        await runScript(node, './keep-alive.js', [client, `https://127.0.0.1:${tls.port}`], {
            NODE_EXTRA_CA_CERTS: certificate.certFile,
        });
        handshakes[client] = (await tls.ask()).handshakes;
        tls.stop();
    }
    certificate.remove();
    results.handshakes = handshakes;
    console.log(`TLS handshakes for 3 calls 6 s apart: ${JSON.stringify(handshakes)}`);
}
server.stop();
zipping.stop();

const failed = [];
for (const { job, measure, client, to, aim, budget } of budgets) {
    const ratio = ratioOf(job, measure, client, to);
    if (ratio === undefined) continue;
    const verdict = ratio <= aim ? 'aim met' : ratio <= budget ? 'within budget' : 'TOO HIGH';
    if (ratio > budget) failed.push(job);
    console.log(
        `${verdict.padEnd(13)} ${ratio.toFixed(2)} (aim ${aim}, budget ${budget})  ${measure} of ${client} to ${to}: ${job}`,
    );
}
if (options.write) writeReport(results, { node, rounds, budgets, ratioOf });
if (options.check && failed.length > 0) {
    console.error(`${failed.length} of ${budgets.length} ratios are over their budget`);
    process.exitCode = 1;
}

/** Median over the rounds of one client's value to another's in the same round. */
function ratioOf(job, measure, client, to) {
    const ours = results[job]?.[client]?.[measure];
    const theirs = results[job]?.[to]?.[measure];
    return ours && theirs && median(ours.map((value, round) => value / theirs[round]));
}

function progress(job) {
    for (const [client, measures] of Object.entries(results[job])) {
        const facts = Object.entries(measures).map(
            ([name, all]) => `${name} ${median(all).toFixed(3)} ±${Math.round(spread(all) * 100)} %`,
        );
        console.log(`${job}: ${client.padEnd(10)} ${facts.join('  ')}`);
    }
}

function rotate(list, by) {
    const at = by % list.length;
    return [...list.slice(at), ...list.slice(0, at)];
}

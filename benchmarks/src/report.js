import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { measures } from '../../scripts/weigh.mjs';
import { jobs } from './jobs.js';
import { versions } from './standalone.js';
import { median, spread } from './statistics.js';

const columns = ['ours', 'ours-plain', 'ours-fetch', 'ofetch', 'undici', 'node:http'];
const table = (head, rows) => [
    ...[head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
];
const kB = (bytes) => (bytes / 1000).toFixed(1);
const noise = (share) => `±${Math.round(share * 100)}%`;
const cell = (ratio) => (ratio ? `${ratio.median.toFixed(2)} ${noise(ratio.spread)}` : '');
const absolute = (values, show) => (values ? `${show(median(values))} ${noise(spread(values))}` : '');
const significant = (value) => (value >= 1000 ? value.toFixed(0) : value.toPrecision(3));

const head = `# Benchmarks

<!-- Written by \`pnpm --filter benchmarks bench --write\`, which replaces the sections that it measured; do not edit. -->

Made anew by one command, for about 45 minutes on two idle cores; [its README](../benchmarks/README.md) says how it measures:

    pnpm --filter benchmarks bench --write

Every client is a process of its own, which warms up for 15,000 calls and then takes turns with the others; the server is one more process. A ratio is the median over the
rounds of one client's value to another's in the same round. Each number has its noise (±): half the distance between the quartiles of the rounds, as a
share of the median.

| client | is |
| --- | --- |
| \`ours\` | \`@x/node\` as it comes (retries and rate limit on): through \`node:http\` on Node, through ky and \`fetch\` elsewhere |
| \`ours-plain\` | the same without retries and rate limit |
| \`ours-fetch\` | the same with \`fetch\` given to it on Node, so through ky |
| \`vendor\` | \`@nangohq/node\` |
| \`ky\` | bare ky, retries and timeout off |
| \`fetch\`, \`node:http\`, \`undici\` | the limit: the runtime's \`fetch\`, \`node:http\` with a keep-alive agent, undici's \`request\`, and \`JSON.parse\` |

\`gzip\`: the answers are compressed, as over a WAN (undici's \`request\` does not ask for it). [Where the time goes](where-the-time-goes.md) shows what a call is made of.
`;

/** The section of one runtime. Most of it is ratios, since they travel between machines and milliseconds don't. */
export function runtimeSection({ runtime, rounds, measurements, handshakes, budgets }) {
    const { name, version } = runtime;
    const [cpu] = cpus();
    const machine = `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`;
    const clientVersions = ['@nangohq/node', 'ky', 'ofetch', 'undici'].map((one) => `${one} ${versions[one]}`);
    const all = measurements.noise();
    return [
        `## ${name.split(' ')[0]} ${version}`,
        '',
        `${machine}; rounds: at most ${rounds}; ${clientVersions.join(', ')}.`,
        '',
        `Noise of the ratios of ours: ${noise(all.median)} in the median, ${noise(all.most)} at most.`,
        '',
        ...limitTable(runtime, measurements),
        ...(runtime.everyJob ? nodeTables(measurements, handshakes) : []),
        ...aimsTable(measurements, budgets),
    ].join('\n');
}

/** Every client with the limit of the runtime, in CPU and calls per second. */
function limitTable({ name, clients }, { values }) {
    const limits = Object.keys(jobs).filter((job) => jobs[job].limit);
    const cpu = (client) => median(values[limits[0]][client].cpu);
    const rows = [...clients]
        .sort((a, b) => cpu(a) - cpu(b))
        .map((client) => [
            client === 'ours' ? '**ours**' : client,
            ...limits.flatMap((job) => [
                absolute(
                    values[job][client].cpu.map((ms) => ms * 1000),
                    significant,
                ),
                absolute(
                    values[job][client].wall.map((ms) => 1000 / ms),
                    (rate) => Math.round(rate).toLocaleString('en'),
                ),
            ]),
        ]);
    const inWorkers =
        "Requests to one Worker that makes one call for each, CPU of workerd; `no call` answers at once. The vendor's client can't be built for Workers.";
    return [
        '### Beside the limit',
        '',
        ...(name === 'workerd' ? [inWorkers, ''] : []),
        ...table(['client', ...limits.flatMap((job) => [`${job}: CPU per call, µs`, 'calls per second'])], rows),
    ];
}

function nodeTables(measurements, handshakes) {
    const { values } = measurements;
    const ratios = [
        ['cpu', 'CPU per call', 'vendor, ms'],
        ['wall', 'Time per call', 'vendor, ms'],
        ['memory', 'Peak memory', 'vendor, MiB'],
    ].flatMap(([measure, title, unit]) => [
        `### ${title}`,
        '',
        'Ratios to `@nangohq/node` (1.00).',
        '',
        ...table(
            ['job', ...columns, unit],
            Object.keys(values)
                .filter((job) => values[job].vendor?.[measure])
                .map((job) => [
                    job,
                    ...columns.map((client) => cell(measurements.ratio({ job, measure, client, to: 'vendor' }))),
                    absolute(values[job].vendor[measure], significant),
                ]),
        ),
    ]);
    const coldStarts = ['ESM', 'CJS'].flatMap((format) =>
        [
            ['constructed', 'import and construct'],
            ['answered', 'import, construct and first answer'],
        ].map(([measure, what]) => {
            const job = `cold start, ${format}`;
            return [
                `${what}, ${format}`,
                ...['node:http', 'ours', 'vendor'].map((client) => absolute(values[job][client][measure], (ms) => ms.toFixed(1))),
                cell(measurements.ratio({ job, measure, client: 'ours', to: 'vendor' })),
            ];
        }),
    );
    return [
        ...ratios,
        '### Cold start',
        '',
        'Milliseconds above bare Node, in a process of its own.',
        '',
        ...table(['', 'node:http', '`@x/node`', '`@nangohq/node`', 'ratio'], coldStarts),
        '### TLS connections',
        '',
        'Handshakes for three calls that are 6 s apart (1: the connection is kept).',
        '',
        ...table(['client', 'handshakes'], Object.entries(handshakes)),
    ];
}

function aimsTable(measurements, budgets) {
    if (budgets.length === 0) return [];
    const rows = budgets.map((one) => {
        const { job, measure, client, to, aim, budget } = one;
        const ratio = measurements.ratio(one);
        const verdict = ratio.median <= aim ? '✓' : '✗';
        return [verdict, `${job}: ${measure} of ${client} to ${to}`, cell(ratio), aim, budget ?? ''];
    });
    const met = rows.filter(([verdict]) => verdict === '✓').length;
    return [
        '### Aims and budgets',
        '',
        `${met} of ${rows.length} aims are met (✓). The aim is what the project wants; what is over its budget is reported. The check fails what is far beyond it, out of reach of noise.`,
        '',
        ...table(['met', 'what', 'measured', 'aim', 'budget'], rows),
    ];
}

/** What does not depend on the runtime: bundles and what npm installs. */
export function shippedSection({ bundles, installs }) {
    const weighed = ({ bytes, aim }) =>
        bytes ? `${kB(bytes)}${aim ? ` ${bytes <= aim ? '✓' : '✗'} (aim ${aim / 1000})` : ''}` : 'cannot be built';
    return [
        '## What is shipped',
        '',
        'Bundles in kB, everything that a package exports with what it needs: esbuild, minified, gzip. Eager is what loading it evaluates.',
        '',
        ...table(
            ['package', ...Object.values(measures).map(([, , title]) => title)],
            Object.entries(bundles).map(([name, weights]) => [
                `\`${name}\``,
                ...Object.keys(measures).map((one) => weighed(weights[one])),
            ]),
        ),
        'What npm installs, the package itself included:',
        '',
        ...table(
            ['package', 'packages', 'of third parties', 'MB on disk'],
            Object.entries(installs).map(([name, { packages, thirdParty, bytes }]) => [
                `\`${name}\``,
                packages,
                thirdParty,
                (bytes / 1e6).toFixed(1),
            ]),
        ),
    ].join('\n');
}

/** Puts sections into a page like docs/benchmarks.md; those of other runtimes stay as they are. */
export function writeReport(file, sections) {
    const name = (section) => /^## (Node \d+|[^\d\n]*[a-z])/.exec(section)?.[1];
    const old = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=## )/m) : [];
    const all = new Map([...old, ...sections].filter(name).map((section) => [name(section), section.trim()]));
    // Nodes first, what is shipped last.
    const order = ([one]) => `${one.startsWith('Node') ? 0 : one.startsWith('What') ? 2 : 1}${one}`;
    const sorted = [...all].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    writeFileSync(file, `${[head.trim(), ...sorted.map(([, section]) => section)].join('\n\n')}\n`);
}

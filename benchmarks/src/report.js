import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { median } from './statistics.js';

const columns = ['ours', 'ours-plain', 'ours-fetch', 'ofetch', 'undici', 'node:http'];
const table = (head, rows) =>
    [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`);
const kB = (bytes) => (bytes / 1000).toFixed(1);

const head = `# Benchmarks

<!-- Written by \`pnpm --filter benchmarks bench --write\`, which replaces the sections that it measured; do not edit. -->

Each number is the median over the rounds of one client's value to another's in the same round. Every client is a process of its own, which warms up
and then takes turns with the others; the server is one more process. ± is half the distance between the quartiles of the rounds' ratios of ours to the
vendor's, as a share of the median: the machine's noise. \`ours\` is \`@x/node\` as it comes (retries and rate limit on), \`ours-plain\` has both off,
\`ours-fetch\` sends through ky and \`fetch\`. \`gzip\`: the answers are compressed, as over a WAN (undici's \`request\` does not ask for it).
[Where the time goes](where-the-time-goes.md) shows what a call is made of.
`;

/** The section of one Node: ratios first, since they travel between machines and milliseconds don't. */
export function nodeSection({ version, machine, rounds, measurements, handshakes, budgets }) {
    const { values } = measurements;
    const lines = [`## Node ${version}`, '', `${machine}, ${rounds} rounds. Ratios to \`@nangohq/node\` (1.00):`, ''];
    for (const [measure, title, unit] of [
        ['cpu', 'CPU per call', 'vendor, ms'],
        ['wall', 'Time per call', 'vendor, ms'],
        ['memory', 'Peak memory', 'vendor, MiB'],
    ]) {
        const rows = Object.keys(values).filter((job) => values[job].vendor?.[measure]);
        lines.push(
            `### ${title}`,
            '',
            ...table(
                ['job', ...columns, '±', unit],
                rows.map((job) => {
                    const ratios = columns.map((client) => measurements.ratio({ job, measure, client, to: 'vendor' }));
                    const absolute = median(values[job].vendor[measure]);
                    return [
                        job,
                        ...ratios.map((ratio) => ratio?.median.toFixed(2) ?? ''),
                        percent(ratios[0]),
                        absolute.toPrecision(3),
                    ];
                }),
            ),
            '',
        );
    }
    lines.push('### Cold start', '', 'Milliseconds above bare Node, in a process of its own.', '');
    const coldStarts = ['ESM', 'CJS'].flatMap((format) =>
        [
            ['constructed', 'import and construct'],
            ['answered', 'import, construct and first answer'],
        ].map(([measure, what]) => {
            const job = `cold start, ${format}`;
            const ratio = measurements.ratio({ job, measure, client: 'ours', to: 'vendor' });
            const ms = (client) => median(values[job][client][measure]).toFixed(1);
            return [`${what}, ${format}`, ms('node:http'), ms('ours'), ms('vendor'), ratio.median.toFixed(2), percent(ratio)];
        }),
    );
    lines.push(...table(['', 'node:http', '`@x/node`', '`@nangohq/node`', 'ratio', '±'], coldStarts), '');
    lines.push('### TLS connections', '', 'Handshakes for three calls that are 6 s apart (1: the connection is kept).', '');
    lines.push(...table(['client', 'handshakes'], Object.entries(handshakes)), '');
    lines.push(
        '### Aims and budgets',
        '',
        'The aim is what the project wants; what is over its budget is reported. The check fails what is far beyond it, out of reach of noise.',
        '',
    );
    const aims = budgets.map((budget) => {
        const { job, measure, client, to, aim, budget: most } = budget;
        const ratio = measurements.ratio(budget);
        return [
            `${job}: ${measure} of ${client} to ${to}`,
            `${ratio.median.toFixed(2)}${ratio.median <= aim ? '' : ' ✗'}`,
            percent(ratio),
            aim,
            most ?? '',
        ];
    });
    lines.push(...table(['what', 'measured', '±', 'aim', 'budget'], aims), '');
    return lines.join('\n');
}

/** What does not depend on the Node that runs: bundles and what npm installs. */
export function shippedSection({ bundles, installs }) {
    const cell = (weight) =>
        weight
            ? `${kB(weight.size)}${weight.all > weight.size ? ` (+ ${kB(weight.all - weight.size)} on demand)` : ''}`
            : 'cannot be built';
    return [
        '## What is shipped',
        '',
        "Bundles in kB, everything that a package exports: esbuild, minified, gzip. What is loaded on demand for Node is the adapter for a caller's own `fetch`.",
        '',
        ...table(
            ['package', 'Node', 'Workers'],
            Object.entries(bundles).map(([name, { node, workers }]) => [`\`${name}\``, cell(node), cell(workers)]),
        ),
        '',
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
        '',
    ].join('\n');
}

/** Puts sections into docs/benchmarks.md; those of other Node versions stay as they are. */
export function writeReport(sections) {
    const file = new URL('../../docs/benchmarks.md', import.meta.url);
    const name = (section) => /^## (Node \d+|What is shipped)/.exec(section)?.[1];
    const old = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=## )/m) : [];
    const all = new Map([...old, ...sections].filter(name).map((section) => [name(section), section.trim()]));
    writeFileSync(file, `${[head.trim(), ...[...all].sort().map(([, section]) => section)].join('\n\n')}\n`);
}

function percent(ratio) {
    return ratio ? `${Math.round(ratio.spread * 100)} %` : '';
}

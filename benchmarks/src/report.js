import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { median, spread } from './statistics.js';

/** Writes docs/benchmarks.md: ratios first, since they travel between machines and milliseconds don't. */
export function writeReport(results, { node, rounds, budgets, ratioOf }) {
    const version = execFileSync(node, ['--version']).toString().trim();
    const lines = [
        '# Benchmarks',
        '',
        '<!-- Written by `pnpm --filter benchmarks bench --write`; do not edit. -->',
        '',
        `Node ${version}, ${cpus().length} × ${cpus()[0].model.trim()}, ${rounds} rounds. Each number is the median over the rounds of one client's value to`,
        "another's in the same round; every measurement is a process of its own, clients take turns, the server is a third process. ± is half the distance between",
        'the quartiles of our own values. `ours` is `@x/node` as it comes (retries and rate limit on), `ours-plain` has both off, `ours-fetch` sends through ky and `fetch`.',
        '',
        '## To `@nangohq/node` (1.00)',
        '',
    ];
    for (const measure of ['cpu', 'wall', 'memory']) {
        const rows = Object.keys(results).filter((job) => results[job].vendor?.[measure]);
        const columns = ['ours', 'ours-plain', 'ours-fetch', 'ofetch', 'undici', 'node:http'];
        lines.push(`### ${{ cpu: 'CPU per call', wall: 'Time per call', memory: 'Peak memory' }[measure]}`, '');
        lines.push(`| job | ${columns.join(' | ')} | ± |`, `|---|${columns.map(() => '---:|').join('')}---:|`);
        for (const job of rows) {
            const cells = columns.map((client) => ratioOf(job, measure, client, 'vendor')?.toFixed(2) ?? '');
            lines.push(`| ${job} | ${cells.join(' | ')} | ${Math.round(spread(results[job].ours[measure]) * 100)} % |`);
        }
        lines.push('');
    }
    lines.push(
        '## Cold start',
        '',
        'Milliseconds above bare Node, and the ratio.',
        '',
        '| | `@x/node` | `@nangohq/node` | ratio |',
        '|---|---:|---:|---:|',
    );
    for (const format of ['esm', 'cjs']) {
        for (const [measure, what] of [
            ['constructed', 'import and construct'],
            ['answered', 'and first answer'],
        ]) {
            const job = `cold start, ${format}`;
            const ms = (client) => median(results[job][client][measure]).toFixed(1);
            lines.push(
                `| ${what}, ${format.toUpperCase()} | ${ms('ours')} | ${ms('vendor')} | ${ratioOf(job, measure, 'ours', 'vendor').toFixed(2)} |`,
            );
        }
    }
    if (results.handshakes) {
        lines.push('', '## TLS connections', '', 'Handshakes for three calls, 6 s apart (1 = the connection is kept):', '');
        lines.push(
            '| client | handshakes |',
            '|---|---:|',
            ...Object.entries(results.handshakes).map(([client, count]) => `| ${client} | ${count} |`),
        );
    }
    lines.push(
        '',
        '## Aims and budgets',
        '',
        '`aim` is what the project wants, `budget` is what `bench --check` refuses to pass.',
        '',
    );
    lines.push('| what | measured | aim | budget |', '|---|---:|---:|---:|');
    for (const { job, measure, client, to, aim, budget } of budgets) {
        lines.push(
            `| ${job}: ${measure} of ${client} to ${to} | ${ratioOf(job, measure, client, to)?.toFixed(2) ?? ''} | ${aim} | ${budget} |`,
        );
    }
    writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), `${lines.join('\n')}\n`);
}

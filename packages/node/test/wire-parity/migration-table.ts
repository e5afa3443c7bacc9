import type { Difference } from './differences.js';

const begin = '<!-- differences: made from packages/node/test/wire-parity/differences.ts -->';
const end = '<!-- end of differences -->';

/** The table of docs/migration.md. */
export function migrationTable(differences: readonly Difference[]): string {
    const rows = differences.map(
        ({ where, vendor, ours, reason }) => `| ${[where, vendor, ours, reason].map(cell).join(' | ')} |`,
    );
    return ['| where | `@nangohq/node` | `@x/node` | why |', '|---|---|---|---|', ...rows].join('\n');
}

/** The page with the table that belongs in it. */
export function withTable(page: string, table: string): string {
    const from = page.indexOf(begin);
    const to = page.indexOf(end);
    if (from < 0 || to < from) throw new Error(`the page lacks ${begin} … ${end}`);
    return `${page.slice(0, from + begin.length)}\n${table}\n${page.slice(to)}`;
}

function cell(text: string): string {
    return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

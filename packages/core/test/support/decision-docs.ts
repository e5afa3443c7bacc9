import type { Operation } from '@x/core';
import { kindOfCall } from '../../src/retry/classify.js';
import { type CallKind, type Decision, decisionTable, type FailureKind } from '../../src/retry/decision-table.js';
import { allOperations } from './all-operations.js';

const columns: readonly [FailureKind, string][] = [
    ['not sent', 'not sent (no connection)'],
    ['no answer', 'sent, no answer'],
    ['timeout', '`timeout`'],
    ['truncated', 'answer broke off'],
    ['rate limit', "Nango's 429"],
    ['unavailable', '408, 502–504, 520–524'],
    ['uncoded 500', '500 without a code'],
    ['provider rate limit', "provider's 429"],
    ['other', 'anything else'],
];
const words: Record<Decision, string> = { repeat: 'again', wait: 'waits', 'if asked': 'if asked', fail: '–' };

/** The two tables of docs/resilience.md, made from the code's own. */
export async function decisionDocs(): Promise<string> {
    const rows = Object.keys(decisionTable) as CallKind[];
    const first = [
        `| kind of call | ${columns.map(([, title]) => title).join(' | ')} |`,
        `|---|${columns.map(() => '---').join('|')}|`,
        ...rows.map((kind) => `| ${kind} | ${columns.map(([failure]) => words[decisionTable[kind][failure]]).join(' | ')} |`),
    ];
    // What the older argument forms of the full client ask beside their call is no call of its own.
    const declared = (await allOperations()).filter((one) => one.package !== 'node');
    const names = (kind: CallKind) =>
        [
            ...new Set(
                declared
                    .filter(({ operation }) => kindsOf(operation).includes(kind))
                    .map(({ operation }) => `\`${operation.name}\``),
            ),
        ]
            .sort()
            .join(', ');
    const second = ['| kind of call | operations |', '|---|---|', ...rows.map((kind) => `| ${kind} | ${names(kind)} |`)];
    return `${first.join('\n')}\n\n${second.join('\n')}`;
}

/** `proxy` takes its method from its caller: it is in both rows. */
function kindsOf(operation: Operation): CallKind[] {
    return operation.name === 'proxy' ? ['proxied read', 'proxied write'] : [kindOfCall(operation)];
}

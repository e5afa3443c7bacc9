// Every regular expression of the packages must take linear time, whatever text it meets: recheck finds those that a text can hold up.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { check } from 'recheck';
import ts from 'typescript';
import { packages, report, shown, sourcesIn } from './workspace.mjs';

/**
 * What a text costs is counted in steps. recheck's own limits of time would call an expression slow that a busy machine takes a second for;
 * the one that is left says that recheck does not come to an end.
 */
const bySteps = { seedingTimeout: null, incubationTimeout: null, attackTimeout: null, timeout: 300_000 };

const found = new Map();
for (const { at } of packages) {
    for (const file of sourcesIn(`${at}src`)) {
        // Of token-shapes.ts each shape is checked when it is made: together they are too much for recheck.
        if (/\.(?:test|bench|d)\.ts$|token-shapes\.ts$/.test(file)) continue;
        const text = readFileSync(file, 'utf8');
        const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
        const visit = (node) => {
            if (ts.isRegularExpressionLiteral(node)) {
                const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
                const places = found.get(node.text) ?? [];
                found.set(node.text, [...places, `${shown(file)}:${line}`]);
            }
            ts.forEachChild(node, visit);
        };
        visit(source);
    }
}

const problems = [];
const waiting = [...found];
await Promise.all(
    Array.from({ length: Math.min(4, availableParallelism()) }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
            const [literal, places] = next;
            const end = literal.lastIndexOf('/');
            const { status, complexity, error, attack } = await check(literal.slice(1, end), literal.slice(end + 1), bySteps);
            if (status === 'safe') continue;
            const why =
                status === 'vulnerable' ? `${complexity.type} in ${attack.pattern}` : `recheck does not know (${error?.kind})`;
            problems.push(`${places.join(', ')}: ${literal} ${why}`);
        }
    }),
);
report(problems, `regular expressions: ${found.size}, each takes linear time`);

// Times comparisons: `node time-comparison.mjs <module that exports equals>` prints, for each implementation and length, the median time
// when the first byte differs over the median time when the last one does. A process of its own, so that nothing else is compiled,
// collected or instrumented beside it.
import { pathToFileURL } from 'node:url';

const { equals } = await import(pathToFileURL(process.argv[2]).href);

/** What the packages must not do: it leaves at the first difference. */
function leaky(expected, received) {
    const a = new TextEncoder().encode(expected);
    const b = new TextEncoder().encode(received);
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
}

const median = (times) => times.sort((x, y) => x - y)[times.length >> 1];

/** @param calls In one sample, so that it is long beside the clock's resolution. */
function ratio(compare, length, calls) {
    const expected = 'a'.repeat(length);
    // The same characters in both, and made the same way: only the place of the difference is another.
    const candidates = { early: ['b', 'a'.repeat(length - 1)].join(''), late: ['a'.repeat(length - 1), 'b'].join('') };
    const times = { early: [], late: [] };
    const sample = (which) => {
        const start = process.hrtime.bigint();
        for (let i = 0; i < calls; i++) if (compare(expected, candidates[which])) throw new Error('they differ');
        times[which].push(Number(process.hrtime.bigint() - start));
    };
    // In turns, and each first every other time: a slower moment of the machine, or the compiler's work, hits both alike.
    for (let i = 0; i < 250; i++) for (const which of i % 2 ? ['early', 'late'] : ['late', 'early']) sample(which);
    // The first ones ran before the code was optimised.
    return median(times.early.slice(50)) / median(times.late.slice(50));
}

const lengths = [
    // A signature, of whose comparison most is spent on making bytes of text, and a text where the comparison itself is nearly all.
    [64, 300],
    [65_536, 1],
];
const measure = (compare) => Object.fromEntries(lengths.map(([length, calls]) => [length, ratio(compare, length, calls)]));
console.log(JSON.stringify({ portable: measure(equals), leaky: measure(leaky) }));

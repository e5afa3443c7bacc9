/** How often a sync runs: the text as the API answers it, and its length in milliseconds. */
export interface Frequency {
    text: string;
    ms: number;
}

/** The least that a frequency may be (contract 4). */
export const shortestFrequencyMs = 30_000;

const named: Record<string, string> = {
    'half day': '12h',
    'half hour': '30m',
    'quarter hour': '15m',
    month: '30d',
    week: '1w',
    day: '1d',
    hour: '1h',
};

/** What may be written as a frequency (contract 4). A unit without a number has the form, but is none unless it is `named`. */
export const frequencyForm =
    /^(?:every )?(?:\d*\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)|half day|half hour|quarter hour|month|week)$/;

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Read `every 2h`, `5 minutes`, `every half day` …; undefined when it is none of these. It may be shorter than the least allowed. */
export function parseFrequency(frequency: string): Frequency | undefined {
    if (!frequencyForm.test(frequency)) return undefined;
    const text = frequency.replace(/^every /, '');
    // Without a number it takes the word "every": `hour` alone is none (contract 4).
    const normal = (text === frequency ? undefined : named[text]) ?? text;
    if (!/^\d/.test(normal)) return undefined;
    const unit = units[normal.replace(/^\d+\s?/, '').charAt(0)] as number;
    return { text: normal, ms: Number.parseInt(normal, 10) * unit };
}

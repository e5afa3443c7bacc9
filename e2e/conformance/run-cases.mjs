import { cases } from './cases.mjs';

/**
 * Runs every case, one after the other: they share one emulator.
 *
 * @param {Record<string, any>} modules the packages, by folder name
 * @param {import('../harness/emulator.js').World} world
 * @returns {Promise<{ userAgent: string, results: Record<string, string> }>} `'passed'` or what went wrong, by the case's name
 */
export async function runCases(modules, world) {
    const { url: host, apiKey, webhookSigningKey } = world;
    const nango = new modules.node.Nango({ apiKey, host, webhookSigningKey });
    const results = {};
    for (const [name, run] of Object.entries(cases)) {
        try {
            await withLimit(run({ modules, nango, world }), 30_000);
            results[name] = 'passed';
        } catch (error) {
            results[name] = `${error?.stack ?? error}${error?.cause ? `\nbecause ${error.cause.stack ?? error.cause}` : ''}`;
        }
    }
    return { userAgent: nango.userAgent, results };
}

function withLimit(promise, ms) {
    let timer;
    const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`still running after ${ms} ms`)), ms);
    });
    return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

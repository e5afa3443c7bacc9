import type { GivenIssue } from '../base/respell.js';

/** Why a seed or snapshot was refused: one line for each place. */
export class SeedError extends Error {
    override name = 'SeedError';

    constructor(
        what: 'seed' | 'snapshot',
        readonly issues: { path: string; message: string }[],
    ) {
        super(`The ${what} was refused:\n${issues.map(({ path, message }) => `  ${path || '(top)'}: ${message}`).join('\n')}`);
    }
}

/** From what was found in what a developer wrote. */
export function refusal(what: 'seed' | 'snapshot', issues: readonly GivenIssue[]): SeedError {
    return new SeedError(
        what,
        issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
}

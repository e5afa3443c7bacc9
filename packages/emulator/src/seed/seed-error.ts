import type { z } from 'zod';

/** Why a seed or snapshot was refused: one line for each place. */
export class SeedError extends Error {
    override name = 'SeedError';

    constructor(
        what: 'seed' | 'snapshot',
        readonly issues: { path: string; message: string }[],
    ) {
        super(`The ${what} was refused:\n${issues.map(({ path, message }) => `  ${path || '(top)'}: ${message}`).join('\n')}`);
    }

    static from(what: 'seed' | 'snapshot', error: z.ZodError): SeedError {
        return refusal(what, error);
    }
}

// Out here: a class that names itself within is built, and printed, under another name.
function refusal(what: 'seed' | 'snapshot', error: z.ZodError): SeedError {
    return new SeedError(
        what,
        error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
    );
}

import fc from 'fast-check';

/**
 * Property tests run on the same examples each time. `PROPERTY_SEED=random` draws others, as the weekly run does, and prints the seed that
 * repeats them.
 */
const { PROPERTY_SEED = '20260301' } = process.env;
const seed = PROPERTY_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(PROPERTY_SEED);
if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED must be a whole number or "random", got "${PROPERTY_SEED}"`);
if (PROPERTY_SEED === 'random') console.info(`PROPERTY_SEED=${seed} repeats the property tests of this file`);

fc.configureGlobal({ seed, numRuns: 100 });

export { fc };

// Builds every package and app: `pnpm build`, a second or two. What is built already is left alone; --force builds all the same.
// Code by tsup, declarations by one pass of tsc: see docs/decisions/build-in-one-process.md.
import { buildCode } from './build/code.mjs';
import { emitDeclarations, placeDeclarations } from './build/declarations.mjs';
import { fingerprint, isBuilt, remember } from './build/freshness.mjs';
import { withLock } from './build/lock.mjs';
import { packages, report } from './workspace.mjs';

const force = process.argv.includes('--force');
const started = performance.now();
const problems = [];

await withLock(async () => {
    const sources = fingerprint();
    if (!force && isBuilt(sources)) return;
    // tsup empties `dist`, so the declarations are put there when it is done.
    const [emitted] = await Promise.all([emitDeclarations(), buildCode()]);
    for (const one of packages) problems.push(...(await placeDeclarations(one, emitted)));
    if (problems.length === 0) remember(sources);
});
report(problems, `build: ${packages.length} packages, ${((performance.now() - started) / 1000).toFixed(1)} s`);

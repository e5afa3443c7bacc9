// All checks of the code that run no test, one after the other: `pnpm check`, or `pnpm check lint sizes` for some of them.
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { root } from './workspace.mjs';

const checks = {
    dependencies: 'node scripts/check-dependencies.mjs',
    'core internal': 'node scripts/check-core-internal.mjs',
    contract: 'node scripts/check-contract.mjs',
    regexes: 'node scripts/check-regexes.mjs',
    lockfile: 'node scripts/check-lockfile.mjs',
    manifests: 'node scripts/check-manifests.mjs',
    workflows: 'node scripts/check-workflows.mjs',
    lint: 'biome ci --error-on-warnings --colors=off',
    typecheck: 'tsc -p . --pretty false',
    knip: 'knip --no-progress',
    methods: 'node scripts/methods.mjs --check',
    'api reports': 'node scripts/api-reports.mjs --check',
    'class names': 'node scripts/check-class-names.mjs',
    sizes: 'node scripts/check-sizes.mjs',
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(checks, name));
if (unknown.length > 0) {
    console.error(`no check is called ${unknown.join(', ')}; there are: ${Object.keys(checks).join(', ')}`);
    process.exit(2);
}

let passed = 0;
const failed = [];
for (const [name, command] of Object.entries(checks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const start = performance.now();
    const path = `${root}node_modules/.bin:${process.env.PATH}`;
    const { status, stdout, stderr } = spawnSync(command, {
        cwd: root,
        shell: true,
        encoding: 'utf8',
        env: { ...process.env, PATH: path, NO_COLOR: '1' },
        maxBuffer: 64 * 1024 * 1024,
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${seconds} s`);
    if (status === 0) passed++;
    else {
        failed.push(`check: ${name}`);
        console.log(`${stdout}${stderr}`.trim().replace(/^/gm, '        '));
    }
}
console.log(`checks: ${passed} passed, ${failed.length} failed`);
if (process.env.COUNTS_FILE)
    appendFileSync(process.env.COUNTS_FILE, `${JSON.stringify({ passed, failed: failed.length, names: failed })}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

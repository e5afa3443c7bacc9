// Is this client still what it says of the newest `@nangohq/node`? Installs that version beside the repository and runs wire parity and the
// comparer of types against it: node scripts/vendor-newest.mjs [version]. What it finds is new at the vendor's, or a difference to write down.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const [version = 'latest'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'vendor-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@nangohq/node@${version}`, '@types/node@20'], folder);
const vendor = join(folder, 'node_modules/@nangohq/node');
const newest = JSON.parse(readFileSync(join(vendor, 'package.json'), 'utf8')).version;
const known = JSON.parse(readFileSync(join(root, 'packages/node/package.json'), 'utf8')).devDependencies['@nangohq/node'];
console.log(`@nangohq/node ${newest} (the repository compares with ${known})`);

const tests = ['packages/node/test/wire-parity', 'packages/node/test/types.test.ts'];
run('npx', ['vitest', 'run', ...tests], root, { NANGO_VENDOR: vendor });
console.log(`@nangohq/node ${newest}: the same calls on the wire, and the same types`);

function run(program, args, cwd, env = {}) {
    const { status } = spawnSync(program, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
    if (status !== 0) process.exit(status ?? 1);
}

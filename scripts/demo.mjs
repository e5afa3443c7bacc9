// `pnpm demo`: builds what the example app needs, then takes the tour. Its first line is on the screen before anything is built.
import { spawnSync } from 'node:child_process';
import { root } from './workspace.mjs';

console.log('Building the packages (some seconds the first time) ...');
const build = spawnSync('turbo', ['run', 'build', '--filter=example...', '--output-logs=errors-only'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
});
if (build.status !== 0) {
    console.error(build.error?.message ?? `${build.stdout}${build.stderr}`);
    process.exit(1);
}
await import('../apps/example/dist/demo.js');

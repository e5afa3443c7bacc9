// `pnpm demo`: builds what the example app needs, takes the tour, then starts the hub. Its first line is on the screen before anything is
// built; the hub's page is built while the tour is under way. With NANGO_HOST and NANGO_API_KEY the hub runs against that Nango instead.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './workspace.mjs';

const { NANGO_HOST, NANGO_API_KEY } = process.env;
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
const turbo = (task) => ['run', task, '--filter=example...', '--output-logs=errors-only'];

console.log('Building the packages (some seconds the first time) ...');
const build = spawnSync('turbo', turbo('build'), { cwd: root, encoding: 'utf8', env });
if (build.status !== 0) fail(build.error?.message ?? `${build.stdout}${build.stderr}`);

const page = buildPage();
if (NANGO_HOST && NANGO_API_KEY) {
    await page;
    await import('../apps/example/dist/main.js');
} else {
    const { demo } = await import('../apps/example/dist/demo.js');
    await demo(page);
}

function buildPage() {
    const web = spawn('turbo', turbo('web'), { cwd: root, env });
    let output = '';
    for (const stream of [web.stdout, web.stderr]) stream.on('data', (text) => (output += text));
    return new Promise((resolve) => {
        web.on('error', (error) => fail(error.message));
        web.on('exit', (code) => (code === 0 ? resolve() : fail(output)));
    });
}

function fail(why) {
    console.error(why);
    process.exit(1);
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measures, weigh } from '../../scripts/weigh.mjs';
import { packages, root } from '../../scripts/workspace.mjs';
import { cleanEnvironment } from './clean-environment.js';
import { benchmarks, versions } from './standalone.js';

const vendor = '@nangohq/node';

/** Bytes of each package's bundle by measure (eager, single, workers), `undefined` where it cannot be built, and what they are to be. */
export async function weighBundles() {
    const { budgets, aims } = JSON.parse(readFileSync(`${root}scripts/sizes.json`, 'utf8'));
    const sizes = {};
    for (const name of ['@x/node', ...Object.keys(budgets).filter((one) => one !== '@x/node'), vendor]) {
        sizes[name] = {};
        for (const [measure, [target, figure]] of Object.entries(measures)) {
            const weighed = await weigh(name, target, name === vendor ? benchmarks : undefined).catch(() => undefined);
            sizes[name][measure] = { bytes: weighed?.[figure], aim: aims[name]?.[measure] };
        }
    }
    return sizes;
}

/** What npm installs for each client: ours from packed tarballs, the vendor's from the registry. */
export function weighInstalls() {
    const tarballs = mkdtempSync(join(tmpdir(), 'bench-packed-'));
    try {
        run('pnpm', ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', tarballs], root);
        const files = Object.fromEntries(
            packages.map(({ manifest: { name, version } }) => [
                name,
                `file:${tarballs}/${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
            ]),
        );
        return {
            '@x/node': install({ dependencies: { '@x/node': files['@x/node'] }, overrides: files }),
            [vendor]: install({ dependencies: { [vendor]: versions[vendor] } }),
        };
    } finally {
        rmSync(tarballs, { recursive: true });
    }
}

function install(manifest) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-install-'));
    try {
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
        run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
        const { packages: installed } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
        const names = Object.keys(installed).map((path) => path.replace(/^.*node_modules\//, ''));
        const files = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true }).filter((one) =>
            one.isFile(),
        );
        return {
            packages: names.length,
            thirdParty: names.filter((name) => !/^@(x|nangohq)\//.test(name)).length,
            // What the files take on the disk, as `du` counts.
            bytes: files.reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).blocks * 512, 0),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function run(program, args, cwd) {
    execFileSync(program, args, { cwd, env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] });
}

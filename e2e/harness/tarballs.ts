import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { root } from './paths.js';
import { run } from './run.js';

/** A package of this repository, packed as it would be published. */
export interface Packed {
    /** `@x/core` */
    name: string;
    /** `core` */
    folder: string;
    version: string;
    tarball: string;
    manifest: Manifest;
}

export interface Manifest {
    name: string;
    version: string;
    dependencies?: Record<string, string>;
    /** All optional: what the sub-paths ask for. */
    peerDependencies?: Record<string, string>;
    bin?: Record<string, string>;
    exports: Record<string, unknown>;
}

/** Packs every published package with pnpm into `destination`. What is packed is what was built last. */
export async function packAll(destination: string): Promise<Packed[]> {
    await run('pnpm', ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', destination], { cwd: root });
    return readdirSync(`${root}packages`)
        .filter((folder) => existsSync(`${root}packages/${folder}/package.json`))
        .map((folder) => {
            const manifest = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')) as Manifest;
            const { name, version } = manifest;
            const tarball = `${destination}/${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
            if (!existsSync(tarball)) throw new Error(`${name} was not packed to ${tarball}`);
            return { name, folder, version, tarball, manifest };
        });
}

/** The packages that a user's program imports: all but the commands, which have dependencies of their own. */
export const isLibrary = ({ manifest }: Packed): boolean => manifest.bin === undefined;

/** What a package can be imported as: `@x/core`, `@x/core/tracing`, …; not its package.json. */
export function entryPoints({ name, manifest }: Packed): string[] {
    return Object.keys(manifest.exports)
        .filter((path) => !path.endsWith('.json'))
        .map((path) => name + path.slice(1));
}

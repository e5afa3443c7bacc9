import { readFileSync } from 'node:fs';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/** Each release is looked through again: what stands below must be what it does for us. */
const version = '2.4.0';

/**
 * What SHA-256 needs of `utils.js`, without the checks of arguments: `src/hmac/portable.ts` gives it nothing but `Uint8Array`, once, and
 * reads each digest once.
 */
const utils = `
    export const abytes = () => {}, aexists = abytes, aoutput = abytes;
    export const createView = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    export const clean = (array) => array.fill(0);
    export const rotr = (word, shift) => (word << (32 - shift)) | (word >>> shift);
    export const createHasher = abytes, oidNist = abytes;`;

/** Nobody copies a hash that is being made. */
const copying = /^ {4}(?:clone|_cloneInto|_cloneIntoMeta)\([\s\S]*?\n {4}\}\n/gm;

/** Bundles of @noble/hashes what a SHA-256 of bytes runs: a third less. */
export const slimHash: EsbuildPlugin = {
    name: 'slim-hash',
    setup({ onLoad }) {
        onLoad({ filter: /[\\/]@noble[\\/]hashes[\\/](?:utils|sha2|_md)\.js$/ }, ({ path }) => {
            const [, root = '', module = ''] = /^(.*)[\\/](\w+)\.js$/.exec(path) ?? [];
            const found = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
            if (found.version !== version)
                throw new Error(
                    `@noble/hashes is ${found.version}: compare its utils.js, sha2.js and _md.js with scripts/build/slim-hash.ts, then name that version there`,
                );
            return { contents: module === 'utils' ? utils : readFileSync(path, 'utf8').replace(copying, ''), loader: 'js' };
        });
    },
};

import { readFileSync } from 'node:fs';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/** Each release of ky is looked through again: what stands below must be what it does with the options that we give. */
const version = '2.1.0';

/** What the adapter gives ky: another option may need what is left out. */
const options = 'method,retry,timeout,throwHttpErrors,fetch';

/** In the place of what only runs with options that the adapter never gives: should it ever run, it says so. */
const off = "() => { throw new Error('This build of ky has no retries, time limits, progress, schemas or search parameters'); };";

/**
 * ky's modules as they are for the one call that `fetch-transport.ts` makes: a URL, `method`, `retry: 0`, `timeout: false`,
 * `throwHttpErrors: false` and `fetch`, once, with neither headers nor hooks. It saves a third of ky's bytes, two `Headers` a call, and
 * the `Request` with which ky finds out at its start what the runtime can do.
 */
const parts: Record<string, string> = {
    'core/retry-timing': `export const calculateRetryTimingDelay = ${off} export const getRetryTimingHeader = ${off}`,
    'core/constants': `
        export const requestMethods = ['get', 'post', 'put', 'patch', 'head', 'delete'];
        export const supportsAbortController = true, supportsAbortSignal = true;
        export const supportsRequestStreams = false, supportsResponseStreams = false, supportsFormData = false;
        export const responseTypes = {};
        export const maxSafeTimeout = 2_147_483_647;
        export const stop = Symbol('stop');
        export class RetryMarker {}
        export const retry = ${off}`,
    'utils/body': `export const streamRequest = ${off} export const streamResponse = ${off}`,
    'utils/delay': `export default ${off}`,
    'utils/timeout': `export default ${off}`,
    // What fetch rejects with reaches the adapter as it is.
    'utils/is-network-error': 'export default () => false;',
    'utils/options': 'export const findUnknownOptions = () => ({}); export const hasSearchParameters = () => false;',
    'utils/merge': `
        export const validateAndMerge = (...sources) => Object.assign({}, ...sources);
        export const cloneShallow = ${off} export const replaceOption = ${off}
        export const mergeHeaders = () => undefined;
        export const mergeHooks = () => ({ init: [], beforeRequest: [], beforeRetry: [], beforeError: [], afterResponse: [] });
        export const deletedParametersSymbol = Symbol('deletedParameters');`,
    'utils/normalize': `
        export const normalizeRequestMethod = (method) => method;
        export const normalizeRetryOptions = (limit) => (typeof limit === 'number' ? { limit } : limit);`,
    'errors/SchemaValidationError': 'export class SchemaValidationError extends Error {}',
    'errors/ForceRetryError': 'export class ForceRetryError extends Error {}',
    'errors/HTTPError': 'export class HTTPError extends Error {}',
};

/** Bundles ky without what the adapter has switched off. */
export const slimKy: EsbuildPlugin = {
    name: 'slim-ky',
    setup({ onStart, onLoad }) {
        onStart(() => {
            const adapter = readFileSync('src/transport/fetch-transport.ts', 'utf8');
            const given = [...(/ ky\([^{]*\{([^{}]*)\}\)/.exec(adapter)?.[1] ?? '').matchAll(/^ *(\w+): /gm)].map(
                ([, name]) => name,
            );
            if (given.join() !== options)
                throw new Error(
                    `fetch-transport.ts gives ky the options ${given.join()}: scripts/build/slim-ky.ts is made for ${options}`,
                );
        });
        onLoad({ filter: /[\\/]ky[\\/]distribution[\\/].*\.js$/ }, ({ path }) => {
            const [, root = '', module = ''] = /^(.*)[\\/]distribution[\\/](.*)\.js$/.exec(path) ?? [];
            const found = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
            if (found.version !== version)
                throw new Error(
                    `ky is ${found.version}: compare its modules with scripts/build/slim-ky.ts, then name that version there`,
                );
            const contents = parts[module.replaceAll('\\', '/')];
            return contents === undefined ? undefined : { contents, loader: 'js' };
        });
    },
};

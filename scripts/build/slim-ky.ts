import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { transform } from 'esbuild';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/** Each release of ky is looked through again: what stands below must be what it does with the options that we give. */
const version = '2.1.0';

/** What the adapter gives ky: another option may need what is left out. */
const options = 'method,retry,timeout,throwHttpErrors,fetch';

/**
 * ky's modules as they are for the one call that `fetch-transport.ts` makes: a URL, `method`, `retry: 0`, `timeout: false`,
 * `throwHttpErrors: false` and `fetch`, once, with neither headers nor hooks. With what {@link cut} leaves out it saves nine tenths of
 * ky's bytes; two `Headers`, an `AbortController` and a `Request` a call; and the `Request` with which ky finds out at its start what the
 * runtime can do.
 */
const parts: Record<string, string> = {
    // Neither `ky.get` and its like, nor `ky.extend`, nor what hooks return.
    index: `/*! MIT License © Sindre Sorhus */
        import { Ky } from './core/Ky.js';
        export default (input, options) => Ky.create(input, options);`,
    'core/constants': `
        export const supportsAbortController = false, supportsAbortSignal = false;
        export const supportsRequestStreams = false, supportsResponseStreams = false, supportsFormData = false;
        export const requestMethods = [], responseTypes = {};
        export const maxSafeTimeout = 2_147_483_647, usualFormBoundarySize = 40;
        export const stop = undefined, retry = undefined;
        export class RetryMarker {}`,
    'utils/options': 'export const findUnknownOptions = () => ({}); export const hasSearchParameters = () => false;',
    'utils/merge': `
        export const cloneShallow = undefined, mergeHeaders = undefined, mergeHooks = undefined, deletedParametersSymbol = undefined;`,
    'utils/normalize': `
        export const normalizeRequestMethod = (method) => method;
        export const normalizeRetryOptions = (limit) => (typeof limit === 'number' ? { limit } : limit);`,
};

/** What expressions of `core/Ky.js` are worth in that call: what hangs on them never runs, and is cut. */
const known: readonly (readonly [RegExp, string])[] = [
    [/\b(?:ky|this)\.#options\.(?:timeout|totalTimeout|throwHttpErrors)\b/g, 'false'],
    [/\b(?:ky|this)\.#options\.(?:prefix|baseUrl|json|stringifyJson|parseJson|searchParams)\b/g, 'undefined'],
    [/\b(?:ky|this)\.#options\.on(?:Down|Up)loadProgress\b/g, 'undefined'],
    [/\bthis\.#getRemainingTotalTimeout\(\)/g, 'undefined'],
    [/\b(?:initHooks\.length|this\.#retryLimit) > 0|\b(?:remainingTotal|beforeRequestResponse) !== undefined/g, 'false'],
    [/\bthis\.#(?:retryLimit|startTime) = [^;]+;/g, ''],
    [/\btypeof this\.#input !== 'string'|\bthis\.#input instanceof globalThis\.Request\b/g, 'false'],
    [/\bhasSearchParameters\([^()]*\)|\bObject\.hasOwn\(options, 'prefixUrl'\)/g, 'false'],
    [/\bisRawNetworkError\(error\)|\berror instanceof ForceRetryError\b/g, 'false'],
    [/\bthis\.#abortController\?\.signal\.aborted|\bthis\.#beforeRetryHookErrors\.has\(error\)/g, 'false'],
    [/\bky\.#consumeReturnedResponseFromBeforeRetryHook\(\)/g, 'false'],
    // Its own signal is for time limits, and its request for a fetch that takes one.
    [/\bsupports(?:Abort(?:Controller|Signal)|RequestStreams|ResponseStreams|FormData)\b/g, 'false'],
    [/\bnew globalThis\.Request\(this\.#input, this\.#options\)/g, '{}'],
    [/\btypeof this\.#input === 'string'|\beffectiveTimeout === undefined/g, 'true'],
    [/\bky\.#runBeforeRequestHooks\(\)|\bmerge(?:Headers|Hooks)\([^()]*\)|(?<!#)\boptions\.headers\b/g, 'undefined'],
    [
        /\bky\.#(?:runAfterResponseHooks|decorateResponse)\(response\)|\bthis\.#setResponseRequest\(response, request\)/g,
        'response',
    ],
    [/\bthis\.#wrapRequestWithUploadProgress\([^()]*\)/g, 'this.request'],
    [/\bfor \(const \w+ of (?:initHooks|this\.#options\.hooks\.\w+)\)/g, 'if (false) $&'],
    [/\bfor \(const \[type, mimeType\] of Object\.entries\(responseTypes\)\)/g, 'if (false) $&'],
    [/\breturn this\.#retryFromError\(error, function_\);/g, 'throw error;'],
];

/** `core/Ky.js` with what is known put in, and without the private members that nothing reads then. */
async function cut(source: string): Promise<string> {
    const imports = source.indexOf('\nconst ');
    // Without comments, which name members that nothing else names.
    let body = source.slice(imports).replace(/^ *\/\/.*\n/gm, '');
    for (const [expression, value] of known) {
        const filled = body.replace(expression, value);
        if (filled === body) throw new Error(`core/Ky.js of ky no longer has ${expression}: see scripts/build/slim-ky.ts`);
        body = filled;
    }
    let { code } = await transform(source.slice(0, imports) + body, { minifySyntax: true, target: 'es2022' });
    for (let before = ''; before !== code; ) {
        before = code;
        const isNamedOnce = (name: string) => before.split(new RegExp(`${name}\\b`)).length === 2;
        code = code.replace(/^ {2}(?:static )?(?:async )?(#\w+)(?:\([\s\S]*?\n {2}\}|(?: = .*)?;)\n/gm, (member, name: string) =>
            isNamedOnce(name) ? '' : member,
        );
    }
    return code;
}

/** Bundles ky without what the adapter has switched off. */
export const slimKy: EsbuildPlugin = {
    name: 'slim-ky',
    setup({ initialOptions, onStart, onLoad }) {
        onStart(() => {
            const adapter = readFileSync(resolve(initialOptions.absWorkingDir ?? '', 'src/transport/fetch-transport.ts'), 'utf8');
            const given = [...(/ ky\([^{]*\{([^{}]*)\}\)/.exec(adapter)?.[1] ?? '').matchAll(/^ *(\w+): /gm)].map(
                ([, name]) => name,
            );
            if (given.join() !== options)
                throw new Error(
                    `fetch-transport.ts gives ky the options ${given.join()}: scripts/build/slim-ky.ts is made for ${options}`,
                );
        });
        onLoad({ filter: /[\\/]ky[\\/]distribution[\\/].*\.js$/ }, async ({ path }) => {
            const [, root = '', module = ''] = /^(.*)[\\/]distribution[\\/](.*)\.js$/.exec(path) ?? [];
            const found = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
            if (found.version !== version)
                throw new Error(
                    `ky is ${found.version}: compare its modules with scripts/build/slim-ky.ts, then name that version there`,
                );
            const name = module.replaceAll('\\', '/');
            const contents = name === 'core/Ky' ? await cut(readFileSync(path, 'utf8')) : parts[name];
            return contents === undefined ? undefined : { contents, loader: 'js' };
        });
    },
};

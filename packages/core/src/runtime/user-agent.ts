declare const __VERSION__: string;

/** Version of `@x/core`, set by the build. */
export const version: string = __VERSION__;

/**
 * `<product> (<runtime>)[; extra]`. Reads only what every runtime shows without a permission.
 *
 * @param product e.g. `@x/node/1.0.0`
 */
export function userAgent(product: string, runtime: string, extra: string | undefined): string {
    return `${product} (${runtime})${extra ? `; ${extra}` : ''}`;
}

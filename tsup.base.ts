import { resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/**
 * What every package's build shares: ESM and CJS side by side, declarations for both, nothing minified
 * (users read it in their debugger; bundlers minify).
 */
export function library(options: Options = {}): Options {
    return {
        entry: ['src/index.ts'],
        format: ['esm', 'cjs'],
        target: 'es2022',
        platform: 'neutral',
        clean: true,
        sourcemap: false,
        splitting: true,
        treeshake: false,
        tsconfig: resolve(import.meta.dirname, 'tsconfig.build.json'),
        // tsup 8 sets `baseUrl` while it makes declarations, which TypeScript 6 reports as deprecated.
        dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
        ...options,
    };
}

export default defineConfig(library());

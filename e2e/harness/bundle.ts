import { build } from 'esbuild';

/** A module as one file for a runtime that loads no packages, as its bundler makes it; by default the conformance suite. */
export async function bundleHandler(
    project: string,
    conditions: string[],
    { globalName, entry = 'conformance/fetch-handler.mjs' }: { globalName?: string; entry?: string } = {},
): Promise<string> {
    const { outputFiles } = await build({
        entryPoints: [`${project}/${entry}`],
        bundle: true,
        write: false,
        format: globalName ? 'iife' : 'esm',
        ...(globalName ? { globalName } : {}),
        platform: 'browser',
        conditions,
        target: 'es2022',
        logLevel: 'error',
    });
    const code = outputFiles[0]?.text ?? '';
    const found = /(from\s*|require\(|import\(?\s*)["']node:[^"']+/.exec(code);
    if (found) throw new Error(`the bundle for ${conditions[0]} holds ${found[0]}`);
    return code;
}

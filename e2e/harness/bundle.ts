import { build } from 'esbuild';

/** The conformance suite as one ES module for a runtime that loads no packages, as its bundler makes it. */
export async function bundleHandler(
    project: string,
    conditions: string[],
    { globalName }: { globalName?: string } = {},
): Promise<string> {
    const { outputFiles } = await build({
        entryPoints: [`${project}/conformance/fetch-handler.mjs`],
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

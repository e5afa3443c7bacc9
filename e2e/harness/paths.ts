import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
/** This workspace, with a slash at its end. */
export const here = fileURLToPath(new URL('../', import.meta.url));
/** Where tools from npm are kept between runs. */
export const toolsFolder = `${root}node_modules/.cache/e2e-tools/`;

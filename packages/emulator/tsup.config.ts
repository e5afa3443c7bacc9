import { defineConfig, type Options } from 'tsup';
import { browserScripts } from '../../browser-script.js';
import { command, library } from '../../tsup.base.js';

const options: Options = { platform: 'node', esbuildPlugins: [browserScripts] };

export default defineConfig([
    ...library({ ...options, entry: ['src/index.ts', 'src/vitest/index.ts', 'src/jest/index.ts'] }),
    command({ ...options, entry: ['src/cli.ts'] }),
]);

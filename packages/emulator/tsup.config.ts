import { defineConfig } from 'tsup';
import { browserScripts } from '../../browser-script.js';
import { command, library } from '../../tsup.base.js';

const options = { platform: 'node', esbuildPlugins: [browserScripts] } as const;

export default defineConfig([...library({ ...options }), command({ ...options, entry: ['src/cli.ts'] })]);

import { defineConfig } from 'tsup';
import { command, library } from '../../tsup.base.js';

export default defineConfig([...library({ platform: 'node' }), command({ entry: ['src/cli.ts'], platform: 'node' })]);

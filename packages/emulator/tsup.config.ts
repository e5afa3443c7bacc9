import { defineConfig } from 'tsup';
import { library } from '../../tsup.base.js';

export default defineConfig([
    library({ platform: 'node' }),
    library({ entry: ['src/cli.ts'], platform: 'node', format: ['esm'], dts: false, clean: false }),
]);

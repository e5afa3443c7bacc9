import { defineConfig } from 'tsup';
import { variants } from '../../tsup.base.js';

export default defineConfig(
    variants({ '#resources': { node: 'src/resources/on-demand.ts', portable: 'src/resources/at-once.ts' } }),
);

import { defineConfig } from 'tsup';
import { variants } from '../../tsup.base.js';

export default defineConfig(
    variants(
        { '#platform': { node: 'src/platform/node.ts', portable: 'src/platform/fetch.ts' } },
        // ky 2 is ESM-only and asks for Node 22: bundled, it works from CommonJS and on Node 20, and users install nothing.
        { entry: ['src/index.ts', 'src/tracing/index.ts'], noExternal: ['ky'] },
    ),
);

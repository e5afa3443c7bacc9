import { defineConfig } from 'tsup';
import { slimKy } from '../../scripts/build/slim-ky.js';
import { variants } from '../../tsup.base.js';

export default defineConfig(
    variants(
        { '#platform': { node: 'src/platform/node.ts', portable: 'src/platform/fetch.ts' } },
        // ky 2 is ESM-only and asks for Node 22: bundled, it works from CommonJS and on Node 20, and users install nothing.
        // proxy-from-env reads the proxy variables as axios does.
        {
            entry: { index: 'src/entry.ts', 'redis/index': 'src/redis/index.ts', 'tracing/index': 'src/tracing/index.ts' },
            noExternal: ['ky', 'proxy-from-env'],
            esbuildPlugins: [slimKy],
        },
    ),
);

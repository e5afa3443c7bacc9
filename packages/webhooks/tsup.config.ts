import { defineConfig } from 'tsup';
import { slimHash } from '../../scripts/build/slim-hash.js';
import { variants } from '../../tsup.base.js';

export default defineConfig(
    variants(
        { '#hmac': { node: 'src/hmac/node.ts', portable: 'src/hmac/portable.ts' } },
        {
            entry: ['src/index.ts', 'src/fetch/index.ts', 'src/express/index.ts', 'src/node/index.ts'],
            esbuildPlugins: [slimHash],
        },
    ),
);

import { defineConfig } from 'tsup';

/** A program, not a library: what it depends on is installed beside it. */
export default defineConfig({
    entry: { main: 'src/server/main.ts', demo: 'src/demo.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    // `web` is Vite's.
    clean: ['!web'],
    // A devDependency, as in any app: the server does not use it, the demo and the tests do.
    external: ['@x/emulator'],
    tsconfig: '../../tsconfig.build.json',
});

import { defineConfig } from 'tsup';

/** A program, not a library: what it depends on is installed beside it. */
export default defineConfig({
    entry: ['src/server.ts', 'src/demo.ts'],
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    clean: true,
    // A devDependency, as in any app: the server does not use it, the demo and the tests do.
    external: ['@x/emulator'],
    tsconfig: '../../tsconfig.build.json',
});

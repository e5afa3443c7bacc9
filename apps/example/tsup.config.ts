import { defineConfig } from 'tsup';

/** A program, not a library: what it depends on is installed beside it. */
export default defineConfig({
    entry: ['src/server.ts', 'src/demo.ts'],
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    clean: true,
    tsconfig: '../../tsconfig.build.json',
});

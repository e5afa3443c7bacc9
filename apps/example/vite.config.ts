import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page. `pnpm web` builds it; `pnpm web:dev` serves it from the sources, with the API of `PUBLIC_URL=http://localhost:5173 pnpm start`. */
export default defineConfig({
    root: at('src/web'),
    plugins: [react()],
    build: { outDir: at('dist/web'), emptyOutDir: true, target: 'es2022' },
    server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});

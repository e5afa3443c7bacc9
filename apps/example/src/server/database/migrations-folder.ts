import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const candidates = ['../../../migrations', '../../migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Beside `src` and `dist` alike. */
export const migrationsFolder = candidates.find(existsSync) as string;

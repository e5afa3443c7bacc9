import { z } from 'zod';
import type { Routes } from './routes.js';

/** Whether the server answers (contract 1). */
export function registerHealth(routes: Routes): void {
    for (const [path, operation] of [
        ['/health', 'health'],
        ['/ready', 'ready'],
    ] as const) {
        routes.add(
            {
                method: 'get',
                path,
                operation,
                contract: '1',
                summary: 'Tell that the server answers',
                auth: { kind: 'none' },
                query: 'any',
                success: { 200: z.strictObject({ result: z.literal('ok') }) },
            },
            () => ({ result: 'ok' }),
        );
    }
}

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Operation } from '@x/core';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** An operation as its package declares it. */
export interface Declared {
    readonly package: string;
    readonly operation: Operation;
}

/** Every operation that the domain packages declare, and how many declarations their sources hold. */
export async function allOperations(): Promise<{ declared: Declared[]; declarations: number }> {
    const declared: Declared[] = [];
    let declarations = 0;
    for (const name of readdirSync(packages)) {
        if (name === 'core' || name === 'emulator' || name === 'webhooks') continue;
        for (const file of readdirSync(`${packages}${name}/src`, { recursive: true, encoding: 'utf8' })) {
            if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
            const path = `${packages}${name}/src/${file}`;
            const source = readFileSync(path, 'utf8');
            const found = source.match(/(?<![\w.])operation\(\{/g)?.length ?? 0;
            if (found === 0) continue;
            declarations += found;
            const module = (await import(/* @vite-ignore */ path)) as Record<string, unknown>;
            for (const value of Object.values(module)) if (isOperation(value)) declared.push({ package: name, operation: value });
        }
    }
    return { declared, declarations };
}

function isOperation(value: unknown): value is Operation {
    return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'name' in value;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Operation } from '@x/core';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** An operation as its package declares it. */
export interface Declared {
    readonly package: string;
    readonly operation: Operation;
}

/** Every operation that a package declares in its `operations.ts`. */
export async function allOperations(): Promise<Declared[]> {
    const declared: Declared[] = [];
    for (const name of readdirSync(packages)) {
        const path = `${packages}${name}/src/operations.ts`;
        if (!existsSync(path)) continue;
        const module = (await import(/* @vite-ignore */ path)) as Record<string, Operation>;
        for (const operation of Object.values(module)) declared.push({ package: name, operation });
    }
    return declared;
}

/** Sources that declare an operation, or change one, elsewhere. */
export function strayOperations(): string[] {
    return readdirSync(packages)
        .filter((name) => !['core', 'emulator'].includes(name) && existsSync(`${packages}${name}/src`))
        .flatMap((name) =>
            readdirSync(`${packages}${name}/src`, { recursive: true, encoding: 'utf8' }).map((file) => `${name}/src/${file}`),
        )
        .filter((file) => file.endsWith('.ts') && !/operations\.ts$|\.test\.ts$/.test(file))
        .filter((file) => /(?<![\w.])operation\(\{|\.\.\.operations?\b[^}]*\bname:/.test(readFileSync(packages + file, 'utf8')));
}

import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { compareTypes } from './types/comparer/compare-types.js';
import { strictness, TypeProgram } from './types/comparer/type-program.js';
import { readVendorApi } from './types/comparer/vendor-api.js';
import { differences } from './wire-parity/differences.js';

/** Which of the differences that the comparer finds are rows of docs/migration.md; there are no others. */
const rows: Record<string, RegExp> = {
    'no-config':
        /^(setMetadata|updateMetadata|delete(Connection|Integration)|proxy|get|post|put|patch|delete)(\(\)\.(config|request): does not exist$|: (ReturnType, ours to theirs|ours where the vendor's is asked for): )/,
    'types-void': /^delete(Connection|Integration): (ReturnType, |overridden as|the vendor's as a stub)/,
    'types-sync-status': /^(SyncStatus(Response)?, ours to theirs|syncStatus: (ReturnType, ours to theirs|ours where))/,
    'types-admin-props': /^AdminAxiosProps\b/,
};

test.each(Object.entries(strictness))(
    'the types fit wherever the vendor’s do, in both directions, but for the rows of docs/migration.md: %s',
    { timeout: 300_000 },
    (_name, options) => {
        const program = new TypeProgram(options);
        const api = readVendorApi(program);
        expect(api.types.length).toBeGreaterThan(60);
        expect(api.methods.length).toBeGreaterThan(45);
        const found = compareTypes(program, api);
        expect(found.filter((one) => !Object.values(rows).some((row) => row.test(one)))).toEqual([]);
        for (const [id, row] of Object.entries(rows)) {
            expect(
                differences.some((difference) => difference.id === id),
                `docs/migration.md has no row ${id}`,
            ).toBe(true);
            expect(
                found.some((one) => row.test(one)),
                `nothing is left of row ${id}`,
            ).toBe(true);
        }
    },
);

test('the types keep what they promise', () => {
    const { errors } = new TypeProgram({}).compileFile(fileURLToPath(new URL('types/uses.ts', import.meta.url)));
    expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { differences } from './wire-parity/differences.js';
import { migrationTable, withTable } from './wire-parity/migration-table.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const file = `${root}docs/migration.md`;

test('docs/migration.md holds every row that the parity tests know, and no other', () => {
    const page = readFileSync(file, 'utf8');
    const wanted = withTable(page, migrationTable(differences));
    // UPDATE_DOCS=1 pnpm vitest run packages/node/test/migration-page.test.ts
    if (process.env.UPDATE_DOCS) writeFileSync(file, wanted);
    else expect(page).toBe(wanted);
});

test('a row that the wire can’t show names the test that proves it, and that test names the row', () => {
    for (const { id, provedBy } of differences) {
        if (provedBy === undefined) continue;
        expect(existsSync(root + provedBy), `${id}: ${provedBy}`).toBe(true);
        expect(readFileSync(root + provedBy, 'utf8'), `${provedBy} does not name ${id}`).toContain(id);
    }
});

import { asc, eq } from 'drizzle-orm';
import type { Tables } from './database/database.js';
import { tenants, users } from './database/schema.js';
import type { User } from './users.js';

const demoTenants = [
    { id: 'analytical', name: 'Analytical Engines' },
    { id: 'eniac', name: 'Eniac Systems' },
];
const demoUsers = [
    { id: 'ada', tenantId: 'analytical', email: 'ada@analytical.example', name: 'Ada Lovelace' },
    { id: 'charles', tenantId: 'analytical', email: 'charles@analytical.example', name: 'Charles Babbage' },
    { id: 'kay', tenantId: 'eniac', email: 'kay@eniac.example', name: 'Kay McNulty' },
];

/** Two customers to look at. Your product has its own. */
export async function saveDemoUsers(tables: Tables): Promise<void> {
    await tables.insert(tenants).values(demoTenants).onConflictDoNothing();
    await tables.insert(users).values(demoUsers).onConflictDoNothing();
}

/** Whom anyone may sign in as. */
export async function listDemoUsers(tables: Tables): Promise<User[]> {
    const rows = await tables
        .select({ user: users, tenant: tenants })
        .from(users)
        .innerJoin(tenants, eq(tenants.id, users.tenantId))
        .orderBy(asc(tenants.name), asc(users.name));
    return rows.map(({ user: { id, email, name }, tenant }) => ({ id, email, name, tenant }));
}

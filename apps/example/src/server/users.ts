import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import type { Tables } from './database/database.js';
import { sessions, tenants, users } from './database/schema.js';

/** Who is signed in. */
export interface User {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly tenant: { readonly id: string; readonly name: string };
}

const sessionLength = 12 * 60 * 60_000;
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

/** @returns the secret for the cookie */
export async function startSession(tables: Tables, userId: string): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + sessionLength);
    await tables.delete(sessions).where(lt(sessions.expiresAt, new Date()));
    await tables.insert(sessions).values({ tokenHash: hash(token), userId, expiresAt });
    return { token, expiresAt };
}

export async function endSession(tables: Tables, token: string): Promise<void> {
    await tables.delete(sessions).where(eq(sessions.tokenHash, hash(token)));
}

/** Whose session it is, unless it has ended. */
export async function userOfSession(tables: Tables, token: string): Promise<User | undefined> {
    const [row] = await tables
        .select({ user: users, tenant: tenants })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .innerJoin(tenants, eq(tenants.id, users.tenantId))
        .where(and(eq(sessions.tokenHash, hash(token)), gt(sessions.expiresAt, new Date())));
    return row && { id: row.user.id, email: row.user.email, name: row.user.name, tenant: row.tenant };
}

export async function findUser(tables: Tables, id: string): Promise<{ id: string; tenantId: string } | undefined> {
    const [user] = await tables.select({ id: users.id, tenantId: users.tenantId }).from(users).where(eq(users.id, id));
    return user;
}

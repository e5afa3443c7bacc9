import { PrismaPg } from '@prisma/adapter-pg';
import type { TransactionalConsumer } from '@x/node';
import { sqlCursors } from '@x/syncs/sql';
import { type Prisma, PrismaClient } from './generated/client.js';

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, idle_in_transaction_session_timeout: 10_000 });
export const prisma = new PrismaClient({ adapter });

export const cursors = sqlCursors<Prisma.TransactionClient>({
    dialect: 'postgresql',
    execute: (sql, params, tx) => (tx ?? prisma).$queryRawUnsafe<unknown[]>(sql, ...params),
});

export const issues: TransactionalConsumer<{ id: string; title: string }, Prisma.TransactionClient> = {
    ...cursors, // load, save, lock
    // Prisma's own limits are 5 s for a transaction, and 2 s until it begins.
    transaction: (work) => prisma.$transaction(work, { timeout: 60_000, maxWait: 10_000 }),
    async handle({ key: { connectionId }, added, updated, deleted }, tx) {
        for (const { id, title } of [...added, ...updated]) {
            const at = { connectionId_id: { connectionId, id } };
            await tx.issue.upsert({ where: at, create: { connectionId, id, title }, update: { title } });
        }
        await tx.issue.deleteMany({ where: { connectionId, id: { in: deleted.map(({ id }) => String(id)) } } });
    },
};

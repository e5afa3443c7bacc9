import { foreignKey, index, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { IntegrationId } from '../integrations.js';

// After a change: `pnpm migrations` writes the SQL of the step into `migrations/`.

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Customers of the product. */
export const tenants = pgTable('tenants', { id: text('id').primaryKey(), name: text('name').notNull() });

export const users = pgTable('users', {
    id: text('id').primaryKey(),
    tenantId: text('tenant_id')
        .notNull()
        .references(() => tenants.id),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
});

export const sessions = pgTable('sessions', {
    /** SHA-256 of the cookie: whoever reads this table can't sign in with it. */
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
});

/** Which connection of Nango belongs to whom: one for each tenant and integration. */
export const links = pgTable(
    'links',
    {
        tenantId: text('tenant_id')
            .notNull()
            .references(() => tenants.id),
        integrationId: text('integration_id').$type<IntegrationId>().notNull(),
        connectionId: text('connection_id').notNull(),
        /** Who connected it. */
        userId: text('user_id')
            .notNull()
            .references(() => users.id),
        /** When it was made, by Nango's clock: of two connections the younger one counts, in any order of their webhooks. */
        connectedAt: moment('connected_at').notNull(),
        /** `broken`: the provider refuses its credentials; only its user can repair that. */
        state: text('state', { enum: ['ok', 'broken'] })
            .notNull()
            .default('ok'),
        /** When its records were last read to the end. */
        readAt: moment('read_at'),
    },
    (table) => [
        primaryKey({ columns: [table.tenantId, table.integrationId] }),
        unique('links_connection').on(table.integrationId, table.connectionId),
    ],
);

/** The records of all connections. They go with their link; what has no link can't be written. */
export const contacts = pgTable(
    'contacts',
    {
        tenantId: text('tenant_id').notNull(),
        integrationId: text('integration_id').$type<IntegrationId>().notNull(),
        connectionId: text('connection_id').notNull(),
        id: text('id').notNull(),
        name: text('name').notNull(),
        email: text('email').notNull(),
        company: text('company').notNull(),
        changedAt: moment('changed_at').notNull().defaultNow(),
    },
    (table) => [
        primaryKey({ columns: [table.integrationId, table.connectionId, table.id] }),
        foreignKey({
            name: 'contacts_link',
            columns: [table.integrationId, table.connectionId],
            foreignColumns: [links.integrationId, links.connectionId],
        }).onDelete('cascade'),
        index('contacts_by_name').on(table.tenantId, table.name),
    ],
);

/** What users asked for and may take a while: they see it move on. */
export const tasks = pgTable(
    'tasks',
    {
        id: uuid('id').primaryKey().defaultRandom(),
        tenantId: text('tenant_id').notNull(),
        userId: text('user_id').notNull(),
        integrationId: text('integration_id').$type<IntegrationId>().notNull(),
        connectionId: text('connection_id').notNull(),
        input: jsonb('input').$type<{ name: string; email: string; company: string }>().notNull(),
        /** `unknown`: it was sent, and no answer came. */
        state: text('state', { enum: ['queued', 'sending', 'running', 'done', 'failed', 'unknown'] })
            .notNull()
            .default('queued'),
        /** The id of the async action at Nango. */
        actionId: text('action_id').unique(),
        /** What to show the user. */
        message: text('message'),
        createdAt: moment('created_at').notNull().defaultNow(),
    },
    (table) => [index('tasks_of_user').on(table.userId, table.createdAt)],
);

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of a test file's own on the server that `DATABASE_URL` names. */
export async function ownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
    const server = process.env.DATABASE_URL as string;
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(server, `CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
    const client = new Client({ connectionString });
    await client.connect();
    await client.query(sql).finally(() => client.end());
}

import type { RecordsKey } from '@x/node';

/** Stands in for what the app of the examples has of its own: tables and cursors in one database. */
export interface Issue {
    id: string;
    title: string;
}

const name = ({ providerConfigKey, connectionId, model, variant }: RecordsKey) =>
    [providerConfigKey, connectionId, model, variant].join('/');

export const database = {
    cursors: new Map<string, string>(),
    issues: new Map<string, string>(),
    broken: [] as unknown[],
    loadCursor: async (key: RecordsKey) => database.cursors.get(name(key)),
    saveCursor: async (key: RecordsKey, cursor: string) => void database.cursors.set(name(key), cursor),
    forgetCursor: async (key: RecordsKey) => void database.cursors.delete(name(key)),
    writeIssue: async (key: RecordsKey, { id, title }: Issue) => void database.issues.set(`${name(key)}/${id}`, title),
    deleteIssue: async (key: RecordsKey, id: string | number) => void database.issues.delete(`${name(key)}/${id}`),
};

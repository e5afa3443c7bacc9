export { type SqlCursors, type SqlCursorsOptions, sqlCursors } from './sql-cursors.js';
export type { SqlDatabase, SqlRows } from './sql-database.js';

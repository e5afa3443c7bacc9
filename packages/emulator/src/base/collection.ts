/** Rows by key, in the order they came. */
export class Collection<Row> {
    #rows = new Map<string, Row>();

    readonly #keyOf: (row: Row) => string;

    constructor(keyOf: (row: Row) => string) {
        this.#keyOf = keyOf;
    }

    get size(): number {
        return this.#rows.size;
    }

    get(key: string): Row | undefined {
        return this.#rows.get(key);
    }

    has(key: string): boolean {
        return this.#rows.has(key);
    }

    /** Add the row, or replace the one of the same key. */
    set(row: Row): Row {
        this.#rows.set(this.#keyOf(row), row);
        return row;
    }

    delete(key: string): boolean {
        return this.#rows.delete(key);
    }

    /** Remove every row that `test` picks; returns how many. */
    deleteWhere(test: (row: Row) => boolean): number {
        let removed = 0;
        for (const [key, row] of this.#rows) {
            if (!test(row)) continue;
            this.#rows.delete(key);
            removed++;
        }
        return removed;
    }

    all(): Row[] {
        return [...this.#rows.values()];
    }

    find(test: (row: Row) => boolean): Row | undefined {
        for (const row of this.#rows.values()) if (test(row)) return row;
        return undefined;
    }

    filter(test: (row: Row) => boolean): Row[] {
        const found: Row[] = [];
        for (const row of this.#rows.values()) if (test(row)) found.push(row);
        return found;
    }

    clear(): void {
        this.#rows.clear();
    }

    /** Replace everything. */
    load(rows: readonly Row[]): void {
        this.#rows.clear();
        for (const row of rows) this.set(row);
    }
}

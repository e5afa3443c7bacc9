import { ModelRecords } from './model-records.js';
import type { RecordRow } from './record-row.js';

/** What a snapshot keeps of one model of one connection. */
export interface SavedRecords {
    connection: number;
    /** `Model`, or `Model::variant` (contract 10.1). */
    model: string;
    rows: RecordRow[];
}

/** All records of an environment, by connection and model. */
export class RecordTable {
    #models = new Map<string, { connection: number; model: string; records: ModelRecords }>();

    /** The stored name of a model: the variant is part of it unless it is `base`. */
    static storedName(model: string, variant = 'base'): string {
        return variant === 'base' ? model : `${model}::${variant}`;
    }

    /** The records of a model, or undefined when none was ever saved. */
    find(connection: number, model: string): ModelRecords | undefined {
        return this.#models.get(`${connection}\n${model}`)?.records;
    }

    /** The records of a model; an empty set is made when there is none. */
    open(connection: number, model: string): ModelRecords {
        const key = `${connection}\n${model}`;
        let entry = this.#models.get(key);
        if (!entry) {
            entry = { connection, model, records: new ModelRecords() };
            this.#models.set(key, entry);
        }
        return entry.records;
    }

    /** Every model of a connection with its records. */
    ofConnection(connection: number): { model: string; records: ModelRecords }[] {
        return [...this.#models.values()].filter((entry) => entry.connection === connection);
    }

    /** Forget a connection's records: all of them, or those of one stored model. */
    drop(connection: number, model?: string): void {
        for (const [key, entry] of this.#models) {
            if (entry.connection === connection && (model === undefined || entry.model === model)) this.#models.delete(key);
        }
    }

    save(): SavedRecords[] {
        return [...this.#models.values()].map(({ connection, model, records }) => ({ connection, model, rows: records.rows() }));
    }

    load(saved: readonly SavedRecords[]): void {
        this.#models.clear();
        for (const { connection, model, rows } of saved) this.open(connection, model).load(rows);
    }
}

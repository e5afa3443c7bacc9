/** One answered request, as the control surface and the status page show it. No header, body or secret query value is kept. */
export interface RequestLogEntry {
    id: number;
    /** ISO time on the emulator's clock. */
    at: string;
    method: string;
    path: string;
    /** Secret values replaced by `***`. */
    query: string;
    status: number;
    /** Milliseconds of real time. */
    ms: number;
    /** The operation that was asked for, e.g. `listConnections`; null when there is no such route. */
    operation: string | null;
    /** The error code of the answer, if it was one. */
    code: string | null;
    /** The fault that was injected, if any. */
    fault: string | null;
    userAgent: string | null;
}

/** The last requests, oldest first. */
export class RequestLog {
    #entries: RequestLogEntry[] = [];
    #count = 0;

    readonly #keep: number;

    constructor(keep = 1000) {
        this.#keep = keep;
    }

    add(entry: Omit<RequestLogEntry, 'id'>): RequestLogEntry {
        const numbered = { id: ++this.#count, ...entry };
        this.#entries.push(numbered);
        if (this.#entries.length > this.#keep) this.#entries.shift();
        return numbered;
    }

    entries(): RequestLogEntry[] {
        return [...this.#entries];
    }

    /** How many requests were answered since the start or the last clear. */
    get total(): number {
        return this.#count;
    }

    clear(): void {
        this.#entries = [];
        this.#count = 0;
    }
}

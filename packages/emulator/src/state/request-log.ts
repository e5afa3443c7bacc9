import { bodyOf, type KeptText, TextKeeper } from '../base/kept-text.js';

/** One answered request, as the control surface lists it: no header, body or secret query value is part of it. */
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

/** What the status page shows of one request, once its secrets are masked. */
export interface RequestDetail {
    /** Whom it was about, as far as the request says. */
    integration: string | null;
    connection: string | null;
    headers: [string, string][];
    body: KeptText | null;
    answerHeaders: [string, string][];
    answer: KeptText | null;
}

/** A request and what is known of it beside. */
export interface LoggedRequest {
    entry: RequestLogEntry;
    detail: RequestDetail;
}

/** The last requests, oldest first. */
export class RequestLog {
    #logged: LoggedRequest[] = [];
    #count = 0;
    #texts = new TextKeeper();

    readonly #keep: number;

    constructor(keep = 1000) {
        this.#keep = keep;
    }

    add(entry: Omit<RequestLogEntry, 'id'>, detail: RequestDetail): RequestLogEntry {
        const numbered = { id: ++this.#count, ...entry };
        this.#logged.push({ entry: numbered, detail });
        if (this.#logged.length > this.#keep) this.#forgetFirst();
        return numbered;
    }

    /** What a message said, for the detail of a request that is added next. */
    kept(message: Request | Response): KeptText | null {
        const body = bodyOf(message);
        return body === null ? null : this.#texts.keep(body);
    }

    #forgetFirst(): void {
        const first = this.#logged.shift();
        this.#texts.giveBack(first?.detail.body ?? null);
        this.#texts.giveBack(first?.detail.answer ?? null);
    }

    entries(): RequestLogEntry[] {
        return this.#logged.map(({ entry }) => entry);
    }

    /** With headers and bodies as they were: mask them before anybody sees them, and hold on to none of it. */
    logged(): readonly LoggedRequest[] {
        return this.#logged;
    }

    /** How many requests were answered since the start or the last clear. */
    get total(): number {
        return this.#count;
    }

    clear(): void {
        this.#logged = [];
        this.#texts = new TextKeeper();
        this.#count = 0;
    }
}

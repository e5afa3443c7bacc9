import type { Line, Printer } from './print.js';
import type { Recorder, Sent } from './recorder.js';

/** What a step shows when it did something else than call the client. */
interface StepOptions {
    /** In place of what the client sent, e.g. `POST /api/issues`. */
    readonly request?: string;
    readonly status?: string;
}

/** Runs steps one after the other and prints a line for each. */
export class Tour {
    readonly lines: Line[] = [];
    readonly #recorder: Recorder;
    readonly #printer: Printer;

    constructor(recorder: Recorder, printer: Printer) {
        this.#recorder = recorder;
        this.#printer = printer;
    }

    section(title: string): void {
        this.#printer.heading(title);
    }

    /** What happens outside of the client: a person at a page, a provider. */
    note(text: string): void {
        this.#printer.note(text);
    }

    /** One call. Its line shows what was sent, how it was answered, and `describe(result)`. The tour ends at the first that fails. */
    async step<T>(
        call: string,
        run: () => T | Promise<T>,
        describe: (result: T, seen: { waited: number; requests: number }) => string,
        options: StepOptions | ((result: T) => StepOptions) = {},
    ): Promise<T> {
        this.#recorder.take();
        const started = performance.now();
        try {
            const result = await run();
            const ms = performance.now() - started;
            const { sent, waited } = this.#recorder.take();
            const shown = typeof options === 'function' ? options(result) : options;
            this.#add({
                call,
                request: shown.request ?? requestOf(sent),
                status: shown.status ?? statusOf(sent),
                ms,
                result: describe(result, { waited, requests: sent.length }),
                ok: true,
            });
            return result;
        } catch (error) {
            const ms = performance.now() - started;
            const { sent } = this.#recorder.take();
            const result = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
            this.#add({ call, request: requestOf(sent), status: statusOf(sent), ms, result, ok: false });
            throw new TourStopped(call, error);
        }
    }

    #add(line: Line): void {
        this.lines.push(line);
        this.#printer.line(line);
    }
}

/** A step failed; its line has been printed. */
export class TourStopped extends Error {
    override readonly name = 'TourStopped';

    constructor(call: string, cause: unknown) {
        super(`The tour stopped at ${call}`, { cause });
    }
}

function requestOf(sent: readonly Sent[]): string {
    const first = sent[0]?.call;
    if (!first) return '(nothing sent)';
    return `${first.method} ${first.path}${sent.length > 1 ? ` ×${sent.length}` : ''}`;
}

function statusOf(sent: readonly Sent[]): string {
    const statuses = sent.map(({ status }) => String(status ?? 'lost'));
    return statuses.filter((status, i) => status !== statuses[i - 1]).join('→');
}

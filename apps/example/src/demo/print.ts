/** One step of the tour, as it is printed. */
export interface Line {
    readonly call: string;
    /** `GET /records/`, or where it happened when nothing was sent. */
    readonly request: string;
    /** `200`, or `429 → 200` when several requests were needed. */
    readonly status: string;
    readonly ms: number;
    readonly result: string;
    readonly ok: boolean;
}

/** Where lines go. */
export interface Terminal {
    write(text: string): unknown;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
}

const widths = { call: 38, request: 37, status: 9, ms: 6 };

/** Prints the tour: aligned, in colour where that helps and nobody minds. */
export class Printer {
    readonly #out: Terminal;
    readonly #colours: boolean;

    /** @param env https://no-color.org: `NO_COLOR`, when not empty, switches colours off */
    constructor(out: Terminal, env: Readonly<Record<string, string | undefined>>) {
        this.#out = out;
        this.#colours = out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    }

    text(line = ''): void {
        this.#out.write(`${line}\n`);
    }

    heading(title: string): void {
        this.text();
        this.text(this.#paint('1', title));
    }

    note(text: string): void {
        this.text(`    ${this.#paint('2;3', text)}`);
    }

    line({ call, request, status, ms, result, ok }: Line): void {
        const left = `  ${ok ? '✓' : '✗'} ${call.padEnd(widths.call)} ${request.padEnd(widths.request)}`;
        const numbers = `${status.padStart(widths.status)} ${String(Math.round(ms)).padStart(widths.ms)} ms`;
        const columns = this.#out.isTTY ? (this.#out.columns ?? 0) : 0;
        const room = columns - left.length - numbers.length - 2;
        const shown = columns > 0 && room >= 16 && result.length > room ? `${result.slice(0, room - 1)}…` : result;
        const mark = this.#paint(ok ? '32' : '31', ok ? '✓' : '✗');
        this.text(
            `  ${mark} ${call.padEnd(widths.call)} ${this.#paint('2', request.padEnd(widths.request))}${numbers}  ${ok ? shown : this.#paint('31', shown)}`,
        );
    }

    bold(text: string): string {
        return this.#paint('1', text);
    }

    #paint(code: string, text: string): string {
        return this.#colours ? `\u001b[${code}m${text}\u001b[0m` : text;
    }
}

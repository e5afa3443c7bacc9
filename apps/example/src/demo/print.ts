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

/** Below `oneLine` columns a terminal gets two lines for each call. */
const widths = { call: 38, request: 37, status: 9, ms: 6, oneLine: 130 };

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
        const mark = this.#paint(ok ? '32' : '31', ok ? '✓' : '✗');
        const start = `  ${mark} ${call.padEnd(widths.call)} `;
        const numbers = `${status.padStart(widths.status)} ${String(Math.round(ms)).padStart(widths.ms)} ms`;
        const columns = this.#out.isTTY ? (this.#out.columns ?? 0) : 0;
        if (columns > 0 && columns < widths.oneLine) {
            this.text(start + numbers);
            this.text(`    ${this.#paint('2', cut(`${request} → ${result}`, columns - 4))}`);
            return;
        }
        const taken = 4 + widths.call + 1 + widths.request + numbers.length + 2;
        const shown = columns > 0 ? cut(result, columns - taken) : result;
        this.text(
            `${start}${this.#paint('2', request.padEnd(widths.request))}${numbers}  ${ok ? shown : this.#paint('31', shown)}`,
        );
    }

    bold(text: string): string {
        return this.#paint('1', text);
    }

    #paint(code: string, text: string): string {
        return this.#colours ? `\u001b[${code}m${text}\u001b[0m` : text;
    }
}

function cut(text: string, length: number): string {
    return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

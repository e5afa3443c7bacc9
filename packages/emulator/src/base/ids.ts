import { createHash } from 'node:crypto';

/** What a snapshot keeps of the id source. */
export interface IdState {
    seed: string;
    drawn: number;
    numbers: Record<string, number>;
}

/**
 * Ids that look random and are not: the same seed and the same calls give the same ids, so that tests can compare whole answers.
 */
export class IdSource {
    #state: IdState;

    constructor(seed = 'emulator') {
        this.#state = { seed, drawn: 0, numbers: {} };
    }

    /** The next number of a named series, from 1. */
    number(series: string): number {
        const next = (this.#state.numbers[series] ?? 0) + 1;
        this.#state.numbers[series] = next;
        return next;
    }

    /** A UUID in the form of version 4. */
    uuid(): string {
        const hex = this.hex(32);
        const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    }

    /** `length` lower-case hexadecimal digits, at most 64. */
    hex(length: number): string {
        this.#state.drawn += 1;
        return createHash('sha256').update(`${this.#state.seed}:${this.#state.drawn}`).digest('hex').slice(0, length);
    }

    save(): IdState {
        return structuredClone(this.#state);
    }

    restore(state: IdState): void {
        this.#state = structuredClone(state);
    }
}

import { isRequestOf } from '../base/operation-names.js';
import { pathExpression } from '../base/path-pattern.js';
import type { Fault } from './fault.js';

/** A fault on the board, with how often it struck. */
export interface PlacedFault {
    id: string;
    fault: Fault;
    seen: number;
    struck: number;
}

interface Entry extends PlacedFault {
    random: () => number;
    path: RegExp | null;
}

/** A small generator (mulberry32): the same seed strikes the same requests. */
function generator(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

/** The faults that are set, in the order they were set. */
export class FaultBoard {
    #entries: Entry[] = [];
    #count = 0;

    add(fault: Fault): PlacedFault {
        const entry: Entry = {
            id: `fault-${++this.#count}`,
            fault,
            seen: 0,
            struck: 0,
            random: generator(fault.seed ?? 1),
            path: fault.path === undefined ? null : pathExpression(fault.path),
        };
        this.#entries.push(entry);
        return describe(entry);
    }

    list(): PlacedFault[] {
        return this.#entries.map(describe);
    }

    remove(id: string): boolean {
        const left = this.#entries.filter((entry) => entry.id !== id);
        const found = left.length < this.#entries.length;
        this.#entries = left;
        return found;
    }

    clear(): void {
        this.#entries = [];
    }

    /** Whether a fault of this type is set. */
    has(type: Fault['type']): boolean {
        return this.#entries.some(({ fault }) => fault.type === type);
    }

    get empty(): boolean {
        return this.#entries.length === 0;
    }

    /** The faults that strike this request: every latency, and the first of the others. */
    strike(method: string, path: string, operation: string | null, strayPercent = false): Fault[] {
        const striking: Fault[] = [];
        let decided = false;
        for (const entry of this.#entries) {
            const { fault } = entry;
            if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
            if (fault.operation !== undefined && !isRequestOf(fault.operation, { method, operation })) continue;
            if (entry.path && !entry.path.test(path)) continue;
            if (fault.type === 'stray-percent' && !strayPercent) continue;
            if (fault.type !== 'latency' && decided) continue;
            entry.seen++;
            if (entry.seen <= (fault.skip ?? 0)) continue;
            if (entry.struck >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
            if (entry.random() >= (fault.probability ?? 1)) continue;
            entry.struck++;
            striking.push(fault);
            if (fault.type !== 'latency') decided = true;
        }
        return striking;
    }
}

const describe = ({ id, fault, seen, struck }: Entry): PlacedFault => ({ id, fault, seen, struck });

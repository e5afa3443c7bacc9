/** Failures within this time count together, ms (contract 17.1). */
const failureWindow = 10_000;
const failuresToOpen = 5;
/** Milliseconds for which nothing is sent. */
const openFor = 60_000;

interface Circuit {
    /** When the last failures were. */
    failures: number[];
    openUntil: number | null;
}

/** Stops deliveries to an address that keeps failing: 5 failures in 10 s open it for 60 s, then one trial decides (contract 17.1). */
export class CircuitBreaker {
    #circuits = new Map<string, Circuit>();

    /** Until when nothing goes to this address; null when it may be tried. */
    openUntil(url: string, now: number): number | null {
        const until = this.#circuits.get(url)?.openUntil ?? null;
        return until !== null && now < until ? until : null;
    }

    succeeded(url: string): void {
        this.#circuits.delete(url);
    }

    failed(url: string, now: number): void {
        const circuit = this.#circuits.get(url) ?? { failures: [], openUntil: null };
        this.#circuits.set(url, circuit);
        circuit.failures = [...circuit.failures.filter((at) => now - at < failureWindow), now];
        // After the 60 s one failure is enough.
        if (circuit.openUntil !== null || circuit.failures.length >= failuresToOpen) circuit.openUntil = now + openFor;
    }

    clear(): void {
        this.#circuits.clear();
    }
}

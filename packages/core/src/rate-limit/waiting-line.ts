/** The calls that wait, oldest first. Data, since on Workers one request must not act for another. */
export interface WaitingLine {
    readonly waiting: Waiter[];
    /** Calls take a ticket when they arrive, and keep it: who comes back after a 429 finds its old place. */
    nextTicket: number;
}

/** One waiting call, as far as others may see it. */
export interface Waiter {
    readonly ticket: number;
    /** After this time nobody is behind it any more: its request ended without a word, as they do on Workers. */
    aliveUntil: number;
    /** Looks again whether it is its turn. Absent where one request must not act for another. */
    readonly look: (() => void) | undefined;
}

export function createLine(): WaitingLine {
    return { waiting: [], nextTicket: 1 };
}

/** Keeps the line in the order of the calls' arrival. */
export function enqueue({ waiting }: WaitingLine, waiter: Waiter): void {
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] as Waiter).ticket > waiter.ticket) place--;
    waiting.splice(place, 0, waiter);
}

export function leaveLine({ waiting }: WaitingLine, waiter: Waiter): void {
    const place = waiting.indexOf(waiter);
    if (place >= 0) waiting.splice(place, 1);
}

/** Lets out those at the head of the line whose turn it is. Ends at the first that has to stay. */
export function letOut({ waiting }: WaitingLine): void {
    for (;;) {
        const head = waiting[0];
        if (!head?.look) return;
        head.look();
        if (waiting[0] === head) return;
    }
}

/** Forgets those of whom nothing was heard for too long. */
export function dropSilent({ waiting }: WaitingLine, now: number): void {
    for (let i = waiting.length - 1; i >= 0; i--) {
        if ((waiting[i] as Waiter).aliveUntil < now) waiting.splice(i, 1);
    }
}

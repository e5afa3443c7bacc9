import type { OriginState } from './origin-state.js';
import { endProbe, isDown, isDownForLong, isTaken, mayProbe, noteReachable, noteUnreachable, untilChange } from './outage.js';

/** What an outage reports: that it began, or that it is over. */
export interface OutageNews {
    readonly down: boolean;
    readonly code: string;
    /** For how long, in ms; 0 when it begins. */
    readonly lasted: number;
}

/**
 * One call's part in an outage of its server: in line with the others it waits for its turn to find out, or for the end. A call
 * whose `outage` is 0 takes no part: it goes out, and fails by itself.
 */
export class OutageWatch {
    readonly #origin: OriginState;
    readonly #outage: number;
    readonly #tell: (news: OutageNews) => void;
    #probing = false;
    #held = false;

    constructor(origin: OriginState, outage: number, tell: (news: OutageNews) => void) {
        this.#origin = origin;
        this.#outage = outage;
        this.#tell = tell;
    }

    /** Whether the call goes by an outage that is going on. */
    waits(now: number): boolean {
        return isDown(this.#origin, this.#outage, now);
    }

    /** Whether there is an outage that the call takes no part in: those who wait in line do, and are no reason to wait. */
    get passesBy(): boolean {
        return this.#outage === 0 && this.#origin.downSince > 0;
    }

    /** Whether the server never answered, or did not for longer than calls wait for that: who calls it is to hear of it soon. */
    failsSoon(now: number): boolean {
        return !this.#origin.answered || isDownForLong(this.#origin, this.#outage, now);
    }

    /** Whether the call may go out, as far as the server is concerned. */
    mayGo(now: number): boolean {
        if (!this.waits(now)) return true;
        if (isTaken(this.#origin, now)) {
            this.#reached(now);
            return true;
        }
        if (mayProbe(this.#origin, now)) return true;
        this.#held = true;
        return false;
    }

    /** Whether the call has waited for the server in vain. */
    hasWaitedInVain(now: number): boolean {
        return this.#held && isDownForLong(this.#origin, this.#outage, now);
    }

    /** Since when the server can be reached again, in local ms; 0 when it always could. */
    get backAt(): number {
        return this.#outage === 0 ? 0 : this.#origin.backAt;
    }

    get code(): string {
        return this.#origin.code;
    }

    /** How long the server has been down, in ms. */
    downFor(now: number): number {
        return now - this.#origin.downSince;
    }

    /** The call goes out. */
    begin(now: number): void {
        if (!this.waits(now)) return;
        this.#probing = true;
        this.#origin.probingSince = now;
    }

    /** It was answered, whatever the answer. */
    answered(now: number): void {
        this.#probing = false;
        this.#held = false;
        if (this.#origin.downSince > 0) this.#reached(now);
        else this.#origin.answered = true;
    }

    /** It ended. `unreachable` is what the failure is called if no connection could be made. */
    end(unreachable: string | undefined, now: number): void {
        if (this.#probing && this.#origin.downSince > 0) endProbe(this.#origin, now);
        this.#probing = false;
        // Who does not wait for a server does not say that it is down, either.
        if (unreachable === undefined || this.#outage === 0) return;
        if (noteUnreachable(this.#origin, unreachable, now)) this.#tell({ down: true, code: unreachable, lasted: 0 });
        // The next time it waits for the server, too, it is to hear when that was in vain.
        if (this.waits(now)) this.#held = true;
    }

    /** When it is worth looking again, in ms. */
    untilChange(now: number): number {
        return untilChange(this.#origin, this.#outage, now);
    }

    #reached(now: number): void {
        const lasted = noteReachable(this.#origin, now);
        if (lasted > 0) this.#tell({ down: false, code: this.#origin.code, lasted });
    }
}

import type { OriginState } from './origin-state.js';

/** The first probe comes after so many ms; the wait doubles up to a second. Half of it is drawn, since a fleet fails together. */
const firstDelay = 100;
const longestDelay = 1_000;
/** A refused connection fails at once, and one without a way in three seconds: a probe that lasts longer, in ms, has been taken. */
const longestConnect = 5_000;

/** Whether the server is down, and was not for longer than a call waits for that. */
export function isDown(origin: OriginState, outage: number, now: number): boolean {
    if (origin.downSince === 0 || outage === 0) return false;
    // The clock was set back.
    if (now < origin.downSince) {
        origin.probeAt = now;
        origin.downSince = now;
        if (origin.probingSince > 0) origin.probingSince = now;
    }
    return now - origin.downSince < outage;
}

/** Whether the server is down for longer than a call waits for that. */
export function isDownForLong({ downSince }: OriginState, outage: number, now: number): boolean {
    return downSince > 0 && outage > 0 && now - downSince >= outage;
}

/** Whether a call may go out to a server that is down: one at a time finds out. */
export function mayProbe({ probingSince, probeAt }: OriginState, now: number): boolean {
    return probingSince === 0 && now >= probeAt;
}

/** Whether a probe lasts so long that it must have been taken; its answer takes its time. */
export function isTaken({ probingSince }: OriginState, now: number): boolean {
    return probingSince > 0 && now - probingSince >= longestConnect;
}

/** The probe that was under way has failed, or ended otherwise. */
export function endProbe(origin: OriginState, now: number): void {
    origin.probingSince = 0;
    origin.probes += 1;
    origin.probeAt = now + probeDelay(origin.probes);
}

/**
 * No connection could be made, and surely nothing was sent.
 *
 * @returns whether an outage has begun: of a server that never answered nobody can say that it is one
 */
export function noteUnreachable(origin: OriginState, code: string, now: number): boolean {
    origin.code = code;
    if (!origin.answered || origin.downSince > 0) return false;
    origin.downSince = now;
    origin.probes = 0;
    origin.probeAt = now + probeDelay(0);
    origin.probingSince = 0;
    return true;
}

/**
 * The server can be reached.
 *
 * @returns for how long it could not, in ms; 0 when there was no outage
 */
export function noteReachable(origin: OriginState, now: number): number {
    origin.answered = true;
    if (origin.downSince === 0) return 0;
    const lasted = Math.max(1, now - origin.downSince);
    origin.downSince = 0;
    origin.probingSince = 0;
    origin.backAt = now;
    return lasted;
}

/** When it is worth looking again, in ms from now. */
export function untilChange({ downSince, probeAt, probingSince }: OriginState, outage: number, now: number): number {
    const probe = probingSince > 0 ? probingSince + longestConnect : probeAt;
    return Math.max(1, Math.min(250, downSince + outage - now, Math.max(probe - now, 1)));
}

function probeDelay(probes: number): number {
    const longest = Math.min(longestDelay, firstDelay * 2 ** Math.min(probes, 10));
    return (longest * (1 + Math.random())) / 2;
}

import type { CallInfo, Hooks } from '@x/node';

/** One HTTP request of a call. */
export interface Sent {
    readonly call: CallInfo;
    /** `undefined` when no answer came. */
    readonly status: number | undefined;
}

/** Notes what the client sends, through the client's own hooks. */
export class Recorder {
    #sent: { call: CallInfo; attempt: number; status: number | undefined }[] = [];
    #waited = 0;

    readonly hooks: Hooks = {
        onRequest: ({ call, attempt }) => void this.#sent.push({ call, attempt, status: undefined }),
        onResponse: ({ call, attempt, status }) => {
            const request = this.#sent.find((sent) => sent.call === call && sent.attempt === attempt);
            if (request) request.status = status;
        },
        onRetry: ({ wait }) => this.#waits(wait),
        onRateLimit: ({ wait }) => this.#waits(wait),
    };

    /** What was sent since the last time, and the longest that the client waited on purpose, in ms. */
    take(): { sent: readonly Sent[]; waited: number } {
        const taken = { sent: this.#sent, waited: this.#waited };
        this.#sent = [];
        this.#waited = 0;
        return taken;
    }

    #waits(ms: number): void {
        this.#waited = Math.max(this.#waited, ms);
    }
}

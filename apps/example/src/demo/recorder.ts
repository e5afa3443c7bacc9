import type { CallInfo, Hooks } from '@x/node';

/** One HTTP request of a call. */
export interface Sent {
    readonly call: CallInfo;
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
        onRetry: ({ wait }) => {
            this.#waited += wait;
        },
        onRateLimit: ({ wait }) => {
            this.#waited += wait;
        },
    };

    /** What was sent since the last time, and how long the client waited on purpose, in ms. */
    take(): { sent: readonly Sent[]; waited: number } {
        const taken = { sent: this.#sent, waited: this.#waited };
        this.#sent = [];
        this.#waited = 0;
        return taken;
    }
}

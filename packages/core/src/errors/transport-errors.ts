import type { RequestProgress } from '../types/transport.js';
import { hide, NangoError } from './nango-error.js';

/** Of which call an error is. All may be left out, so that a test can make one with little. */
interface FailedCall {
    readonly operation?: string | undefined;
    readonly method?: string | undefined;
    /** Path with named parameters. */
    readonly path?: string | undefined;
    readonly cause?: unknown;
}

abstract class NangoTransportError extends NangoError {
    protected static override readonly kind: string = 'NangoTransportError';
    readonly operation: string;
    readonly method: string;
    readonly path: string;
    /** Whether the request can have reached the server. */
    readonly progress: RequestProgress;
    declare readonly isAxiosError: true;

    constructor(message: string, call: FailedCall, progress: RequestProgress) {
        super(message, call.cause === undefined ? undefined : { cause: call.cause });
        this.operation = call.operation ?? '';
        this.method = call.method ?? '';
        this.path = call.path ?? '';
        this.progress = progress;
        hide(this, 'isAxiosError', true);
    }
}

/** No answer: the connection failed or broke. `code` is the system's, e.g. `ECONNRESET`, where the runtime reports one. */
export class NangoNetworkError extends NangoTransportError {
    protected static override readonly kind: string = 'NangoNetworkError';
    readonly code: string | undefined;

    constructor(
        message: string,
        call: FailedCall & { code?: string | undefined } = {},
        progress: RequestProgress = 'maybe-sent',
    ) {
        super(message, call, progress);
        this.code = call.code;
    }
}

/** `timeout` or `totalTimeout` ran out. */
export class NangoTimeoutError extends NangoTransportError {
    protected static override readonly kind: string = 'NangoTimeoutError';
    /** As axios has it. */
    readonly code = 'ECONNABORTED';
    /** The limit that ran out, in ms. */
    readonly timeout: number;
    /** `attempt`: one try took longer than `timeout`. `total`: the whole call, waits included, took longer than `totalTimeout`. */
    readonly scope: 'attempt' | 'total';

    constructor(
        message: string,
        call: FailedCall & { timeout?: number | undefined; scope?: 'attempt' | 'total' | undefined } = {},
        progress: RequestProgress = 'maybe-sent',
    ) {
        super(message, call, progress);
        this.timeout = call.timeout ?? 0;
        this.scope = call.scope ?? 'attempt';
    }
}

/** The server answered with something this client can't take: not JSON, truncated, too large, or a refused redirect. */
export class NangoResponseError extends NangoTransportError {
    protected static override readonly kind: string = 'NangoResponseError';
    readonly status: number | undefined;
    readonly reason: 'not_json' | 'truncated' | 'undecodable' | 'redirect' | 'wrong_type' | 'too_large';

    constructor(
        message: string,
        call: FailedCall & { status?: number | undefined; reason?: NangoResponseError['reason'] | undefined } = {},
    ) {
        super(message, call, 'answered');
        this.status = call.status;
        this.reason = call.reason ?? 'not_json';
    }
}

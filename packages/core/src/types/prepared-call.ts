import type { BodySource } from './body-source.js';
import type { CallLimits } from './call-limits.js';
import type { CallInfo } from './hooks.js';
import type { Operation } from './operation.js';
import type { CallOptions } from './options.js';
import type { Redaction } from './redaction.js';
import type { ResponseType } from './response.js';
import type { RequestHeaders } from './transport.js';

/** A call that has passed every check and is ready to be sent, as often as needed. */
export interface PreparedCall extends CallLimits {
    readonly operation: Operation;
    readonly info: CallInfo;
    readonly method: Operation['method'];
    /** Path and query, the server's own path included. */
    readonly path: string;
    readonly headers: RequestHeaders;
    readonly source: BodySource | undefined;
    readonly responseType: ResponseType | undefined;
    /** ms for one attempt. */
    readonly timeout: number | undefined;
    /** Bytes of a body that is not streamed. */
    readonly maxResponseSize: number;
    readonly options: CallOptions;
    readonly redactor: Redaction;
}

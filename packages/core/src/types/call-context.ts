import type { NangoOptions } from './options.js';
import type { Redaction } from './redaction.js';
import type { ServerBase } from './server-base.js';
import type { RequestHeaders, Transport } from './transport.js';

/** What the steps of a call read of the client that makes it. */
export interface CallContext {
    readonly options: NangoOptions;
    readonly base: ServerBase;
    readonly transport: Transport;
    /** The headers that every call carries. */
    readonly headers: RequestHeaders;
    readonly redactor: Redaction;
}

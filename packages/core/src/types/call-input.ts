import type { BodySource } from './body-source.js';
import type { Operation } from './operation.js';
import type { CallOptions } from './options.js';
import type { ResponseType } from './response.js';

/** A query value: arrays repeat the key (`a=1&a=2`), `undefined` leaves it out. */
export type QueryValue = string | number | boolean | undefined | readonly (string | number | boolean)[];

/** What one call of an operation adds to its declaration. */
export interface CallInput {
    /** Values of the path template's parameters. */
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, QueryValue>>;
    /** Headers of the operation itself, e.g. `connection-id`. `undefined` leaves one out. */
    readonly headers?: Readonly<Record<string, string | undefined>>;
    /** Sent as JSON. */
    readonly body?: unknown;
    readonly options?: CallOptions | undefined;

    /** For proxied calls: the method, in place of the operation's. */
    readonly method?: Operation['method'];
    /** For proxied calls: path and query as they go out, already checked, in place of the operation's. */
    readonly target?: string;
    /** For proxied calls: a body of any kind, in place of `body`. */
    readonly source?: BodySource | undefined;
    /** How the answer's body is handed over. @default JSON, and an error when it is not; proxied: JSON where it parses, else text */
    readonly responseType?: ResponseType | undefined;
    /** Added to the default time limit in ms, e.g. for the waits of server-side retries. */
    readonly extraTime?: number;
    /** When the call began, in ms since the epoch, where something went on before: `totalTimeout` counts from there. @default now */
    readonly begunAt?: number | undefined;
    /** Values that must not appear in an error, beside the client's own keys. */
    readonly secrets?: readonly string[];
}

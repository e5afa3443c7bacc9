/** HTTP methods that the Nango API and its proxy accept. */
export type HttpMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'PROPFIND' | 'REPORT';

/**
 * One call of the API, as plain data: what it is called, where it goes and whether it may be sent a second time.
 * Every method of a resource class has one, declared beside it.
 */
export interface Operation {
    /** The client's method name, e.g. `getConnection`: in errors, events and spans. */
    readonly name: string;
    readonly method: HttpMethod;
    /** Path below the server's URL with named parameters, e.g. `/connections/{connectionId}`. */
    readonly path: string;
    /**
     * Whether the call may be repeated after it may have reached the server. A read is; a write only when doing it
     * twice leaves the same state and the same answer.
     */
    readonly idempotent: boolean;
    /** Time for one attempt in ms when neither client nor call sets one. @default 30_000 */
    readonly timeout?: number;
    /** Whether an empty body is a right answer. */
    readonly mayBeEmpty?: true;
    /** Whether any JSON value is a right answer; of the others it must be an object or an array. */
    readonly anyJson?: true;
    /** Set on calls that a provider answers through the proxy: their failures are the provider's. */
    readonly proxied?: true;
    /** Set on calls that send a session token in place of the key: the server counts them apart. */
    readonly bucket?: 'session';
}

/** Declares an operation. Does nothing but fix its type, so that the declaration costs nothing at import. */
export function operation<T extends Operation>(declaration: T): T {
    return declaration;
}

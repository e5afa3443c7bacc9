/** What a user sees when something did not work; the back end's own words. */
export interface Failure {
    readonly message: string;
    readonly done: 'no' | 'maybe';
    readonly action?: 'connect' | 'reconnect' | 'sign-in' | 'retry';
}

/** A request that failed. `status` 0: there was no answer. */
export class ApiError extends Error {
    override readonly name = 'ApiError';

    constructor(
        readonly status: number,
        readonly failure: Failure,
    ) {
        super(failure.message);
    }
}

/** No answer within this time is a failure; uploads take what they take. */
const patience = 25_000;

/** Calls the back end. @throws {ApiError} */
export async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(`/api${path}`, {
        method,
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
        ...(body && !isForm && { headers: { 'content-type': 'application/json' } }),
        ...(!isForm && { signal: AbortSignal.timeout(patience) }),
    }).catch((): never => {
        const message = navigator.onLine ? 'The app did not answer.' : 'You are offline.';
        throw new ApiError(0, { message, done: method === 'GET' || !navigator.onLine ? 'no' : 'maybe', action: 'retry' });
    });
    if (response.status === 204) return undefined as T;
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer as T;
    const unreadable = { message: `The app answered ${response.status}.`, done: 'maybe', action: 'retry' } as const;
    throw new ApiError(response.status, (answer as { error?: Failure }).error ?? unreadable);
}

export const failureOf = (error: unknown): Failure =>
    error instanceof ApiError ? error.failure : { message: 'Something went wrong in this page.', done: 'maybe', action: 'retry' };

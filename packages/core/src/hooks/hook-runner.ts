import type { CallInfo, ErrorEvent, Hooks, RateLimitEvent, RequestEvent, ResponseEvent, RetryEvent } from '../types/hooks.js';
import type { Cancellation } from '../types/transport.js';
import { aroundCall } from './around-call.js';
import type { LogWriter } from './log-writer.js';
import { UsedUpWindow } from './used-up-window.js';

type EventName = 'onRequest' | 'onResponse' | 'onRetry' | 'onRateLimit' | 'onError';
type AnyEvent = RequestEvent | ResponseEvent | RetryEvent | RateLimitEvent | ErrorEvent;

/** All hooks of a client as one, and nothing at all where there are none: the pipeline asks once per event. */
export class HookRunner {
    readonly #hooks: readonly Hooks[];
    readonly #log: LogWriter | undefined;
    readonly #window: UsedUpWindow | undefined;

    constructor(hooks: readonly Hooks[], log: LogWriter | undefined) {
        this.#hooks = hooks;
        this.#log = log;
        this.#window = log && new UsedUpWindow(log);
    }

    emit<N extends EventName>(name: N, event: Parameters<NonNullable<Hooks[N]>>[0]): void {
        const threw = (error: unknown) => this.#fault(name, 'threw', error);
        for (const hooks of this.#hooks) {
            try {
                const result: unknown = (hooks[name] as ((event: unknown) => unknown) | undefined)?.call(hooks, event);
                // An async hook's rejection that nobody takes would end the process.
                (result as Partial<PromiseLike<unknown>> | undefined)?.then?.(undefined, threw);
            } catch (error) {
                threw(error);
            }
        }
        if (this.#log) this.#write(this.#log, name, event);
    }

    /** Makes a call within all `aroundCall` hooks, the first outermost. */
    around<T>(call: CallInfo, control: Cancellation, work: () => Promise<T>): Promise<T> {
        let wrapped = work;
        for (const hooks of this.#hooks.toReversed()) {
            if (!hooks.aroundCall) continue;
            const inner = wrapped;
            wrapped = () =>
                aroundCall<T>(
                    (run) => hooks.aroundCall?.(call, run),
                    control,
                    inner,
                    (what, error) => this.#fault('aroundCall', what, error),
                );
        }
        return wrapped();
    }

    #fault(name: string, what: string, error?: unknown): void {
        const facts = error === undefined ? {} : { error: describe(error) };
        this.#log?.error(`nango: the ${name} hook ${what}`, facts);
    }

    #write(log: LogWriter, name: EventName, event: AnyEvent): void {
        const { call, ...details } = event;
        const line = `nango: ${call.operation} ${call.method} ${call.path}`;
        const facts = { ...call, ...details };
        if (name === 'onRequest') log.debug(`${line}: sending`, facts);
        else if (name === 'onResponse') log.debug(`${line}: answered`, facts);
        else if (name === 'onRetry') log.info(`${line}: retrying`, facts);
        else if (name === 'onRateLimit') log.debug(`${line}: waiting for the rate limit`, facts);
        else if (isAbort((event as ErrorEvent).error)) log.debug(`${line}: aborted`, facts);
        else log.error(`${line}: failed`, facts);
        if (name === 'onRateLimit') this.#window?.waits(event as RateLimitEvent);
        else if (name === 'onRequest' || name === 'onError') this.#window?.over(call);
    }
}

/** What was thrown may be anything: an object without a prototype, an error whose message is a getter that throws. */
function describe(error: unknown): string {
    try {
        return String(error instanceof Error ? error.message : error);
    } catch {
        return 'what it threw has no text';
    }
}

/** The caller's own signal ended it, which is no news to the caller. */
function isAbort(error: unknown): boolean {
    return (error as { name?: unknown } | undefined)?.name === 'AbortError';
}

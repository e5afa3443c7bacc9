import type {
    CallInfo,
    ErrorEvent,
    Hooks,
    Logger,
    RateLimitEvent,
    RequestEvent,
    ResponseEvent,
    RetryEvent,
} from '../types/hooks.js';

type EventName = 'onRequest' | 'onResponse' | 'onRetry' | 'onRateLimit' | 'onError';

/** All hooks of a client as one, and nothing at all where there are none: the pipeline asks once per event. */
export class HookRunner {
    readonly #hooks: readonly Hooks[];
    readonly #logger: Logger | undefined;

    constructor(hooks: readonly Hooks[], logger: Logger | undefined) {
        this.#hooks = hooks;
        this.#logger = logger;
    }

    emit<N extends EventName>(name: N, event: Parameters<NonNullable<Hooks[N]>>[0]): void {
        const threw = (error: unknown) =>
            this.#write('error', `nango: the ${name} hook threw`, {
                error: error instanceof Error ? error.message : String(error),
            });
        for (const hooks of this.#hooks) {
            try {
                const result: unknown = (hooks[name] as ((event: unknown) => unknown) | undefined)?.call(hooks, event);
                // An async hook's rejection that nobody takes would end the process.
                (result as Partial<Promise<unknown>> | undefined)?.catch?.(threw);
            } catch (error) {
                threw(error);
            }
        }
        if (this.#logger) this.#log(name, event);
    }

    around<T>(call: CallInfo, run: () => Promise<T>): Promise<T> {
        let wrapped = run;
        for (const hooks of this.#hooks.toReversed()) {
            const inner = wrapped;
            if (hooks.aroundCall) wrapped = () => (hooks.aroundCall as NonNullable<Hooks['aroundCall']>)(call, inner);
        }
        return wrapped();
    }

    #log(name: EventName, event: RequestEvent | ResponseEvent | RetryEvent | RateLimitEvent | ErrorEvent): void {
        const { call, ...details } = event;
        const line = `nango: ${call.operation} ${call.method} ${call.path}`;
        const facts = { operation: call.operation, ...details };
        if (name === 'onRetry') this.#write('warn', `${line}: retrying`, facts);
        else if (name === 'onRateLimit') this.#write('warn', `${line}: waiting for the rate limit`, facts);
        else if (name === 'onError') this.#write('error', `${line}: failed`, facts);
        else this.#write('debug', `${line}: ${name === 'onRequest' ? 'sending' : 'answered'}`, facts);
    }

    #write(level: keyof Logger, message: string, details: Record<string, unknown>): void {
        try {
            this.#logger?.[level]?.(message, details);
        } catch {
            // A log line is not worth a call, and there is nowhere left to tell it.
        }
    }
}

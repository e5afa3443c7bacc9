import type { Logger, LogLevel } from '../types/hooks.js';

/** From the least to the most that is written. */
const levels: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

type Facts = Record<string, unknown>;

/** Writes to the caller's logger what its level lets through. A logger that throws, rejects or hangs harms nobody. */
export class LogWriter implements Required<Logger> {
    readonly #logger: Logger;
    readonly #most: number;
    /** pino takes what others take second first, and would drop it there. */
    readonly #factsFirst: boolean;

    constructor(logger: Logger, level: LogLevel) {
        this.#logger = logger;
        this.#most = levels.indexOf(level);
        this.#factsFirst = typeof (logger as { bindings?: unknown }).bindings === 'function' && 'levelVal' in logger;
    }

    debug(message: string, facts?: Facts): void {
        this.#write('debug', message, facts);
    }

    info(message: string, facts?: Facts): void {
        this.#write('info', message, facts);
    }

    warn(message: string, facts?: Facts): void {
        this.#write('warn', message, facts);
    }

    error(message: string, facts?: Facts): void {
        this.#write('error', message, facts);
    }

    #write(level: keyof Logger, message: string, facts: Facts = {}): void {
        if (levels.indexOf(level) > this.#most) return;
        try {
            const write = this.#logger[level] as ((...line: unknown[]) => unknown) | undefined;
            const written = this.#factsFirst
                ? write?.call(this.#logger, facts, message)
                : write?.call(this.#logger, message, facts);
            // A log line is not worth a call, nor the process, and there is nowhere left to report it.
            (written as Partial<PromiseLike<unknown>> | undefined)?.then?.(undefined, () => undefined);
        } catch {
            // As above.
        }
    }
}

/** Whether a value is one of the levels. */
export function isLogLevel(value: unknown): value is LogLevel {
    return levels.includes(value as LogLevel);
}

import { DrizzleQueryError } from 'drizzle-orm';
import { type Logger, pino, stdSerializers } from 'pino';

/** Drizzle's errors, and PostgreSQL's, quote the rows of a statement that failed: names and addresses of people. */
function withoutValues(error: Error): object {
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
        if ('detail' in at) delete (at as { detail?: unknown }).detail;
        if (!(at instanceof DrizzleQueryError)) continue;
        const message = `Failed query: ${at.query}`;
        at.stack = at.stack?.replace(at.message, () => message) ?? message;
        at.message = message;
        at.params = [];
    }
    return stdSerializers.err(error);
}

/**
 * Structured logs, one JSON object for each line. Nothing that is logged holds a secret by itself: errors of `@x/*` carry none, and
 * requests are logged as method, path and status. The list below is the second line of defence.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
    const names = ['authorization', 'cookie', 'token', 'apiKey', 'password', 'secret', 'connectLink'];
    const redact = { paths: names.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' };
    const options = { level, redact, serializers: { error: withoutValues }, base: { app: 'contacts-hub' } };
    return destination ? pino(options, destination) : pino(options);
}

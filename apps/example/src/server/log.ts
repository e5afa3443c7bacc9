import { type Logger, pino, stdSerializers } from 'pino';

/**
 * Structured logs, one JSON object for each line. Nothing that is logged holds a secret by itself: errors of `@x/*` carry none, and
 * requests are logged as method, path and status. The list below is the second line of defence.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
    const names = ['authorization', 'cookie', 'token', 'apiKey', 'password', 'secret', 'connectLink'];
    const redact = { paths: names.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' };
    const options = { level, redact, serializers: { error: stdSerializers.err }, base: { app: 'contacts-hub' } };
    return destination ? pino(options, destination) : pino(options);
}

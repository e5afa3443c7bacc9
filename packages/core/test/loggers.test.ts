import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import winston from 'winston';
import { Client, call, type Logger, operation } from '../src/index.js';

/** The loggers that people use, given as they are: each line has its sentence and all of its facts. */

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });

function sink() {
    const lines: string[] = [];
    const stream = new Writable({
        write(chunk, _encoding, done) {
            lines.push(...String(chunk).trim().split('\n'));
            done();
        },
    });
    return { stream, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const loggers: Record<string, (stream: Writable) => Logger> = {
    pino: (stream) => pino({ level: 'debug' }, stream),
    'a child of pino': (stream) => pino({ level: 'debug' }, stream).child({ module: 'nango' }),
    winston: (stream) =>
        winston.createLogger({
            level: 'debug',
            format: winston.format.json(),
            transports: [new winston.transports.Stream({ stream })],
        }),
};

test.each(Object.entries(loggers))('%s', async (_name, make) => {
    const { stream, read } = sink();
    let answers = 0;
    const nango = new Client({
        apiKey: 'key-key-key',
        logger: make(stream),
        logLevel: 'debug',
        retry: { limit: 1, baseDelay: 0 },
        rateLimit: false,
        fetch: async () => Response.json({ error: { code: 'not_found' } }, { status: [503, 404][answers++] ?? 200 }),
    });
    await expect(call(nango, get, { path: { connectionId: 'secret-id' } })).rejects.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    const lines = read();
    expect(lines.map((line) => line.msg ?? line.message)).toEqual(
        ['sending', 'answered', 'retrying', 'sending', 'answered', 'failed'].map(
            (what) => `nango: getConnection GET /connections/{connectionId}: ${what}`,
        ),
    );
    for (const line of lines)
        expect(line).toMatchObject({ operation: 'getConnection', method: 'GET', origin: 'https://api.nango.dev' });
    expect(lines[1]).toMatchObject({ status: 503, attempt: 1, duration: expect.any(Number) });
    expect(lines[5]).toMatchObject({ error: { name: 'NangoNotFoundError', status: 404, code: 'not_found' } });
    expect(JSON.stringify(lines)).not.toMatch(/secret-id|key-key-key/);
});

import { Nango } from '@x/node';

export const slow: string[] = [];

export const watched = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    host: process.env.NANGO_HOST,
    logger: console, // or pino, or winston
    logLevel: 'warn',
    hooks: {
        onResponse({ call, status, duration }) {
            if (duration > 1_000) slow.push(`${call.operation} ${status} ${duration} ms`);
        },
        onRateLimit({ call, wait, reason }) {
            console.info(`${call.operation} waits ${wait} ms (${reason})`);
        },
    },
});

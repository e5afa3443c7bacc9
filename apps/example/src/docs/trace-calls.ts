import { tracing } from '@x/core/tracing';
import { Nango } from '@x/node';

export const traced = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    host: process.env.NANGO_HOST,
    hooks: [tracing()],
});

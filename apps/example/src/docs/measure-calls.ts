import { metrics, tracing } from '@x/core/tracing';
import { Nango } from '@x/node';

export const measured = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    host: process.env.NANGO_HOST,
    hooks: [tracing(), metrics()],
});

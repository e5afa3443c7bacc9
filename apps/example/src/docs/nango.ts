import { Nango } from '@x/node';

export const nango = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    webhookSigningKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
    host: process.env.NANGO_HOST, // leave it out for the cloud
});

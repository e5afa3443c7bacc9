import { Nango } from '@x/node';

export const nango = new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

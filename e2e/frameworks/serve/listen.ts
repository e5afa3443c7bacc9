import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';

export const listen = (listener: RequestListener) => createServer(listener).listen(Number(process.env.PORT), '127.0.0.1');

import { json } from 'node:stream/consumers';
import handleWebhook from '../recipes/vercel.js';
import { listen } from './listen.js';

// What Vercel's Node helpers add to a request; the body is parsed when it is asked for.
listen(async (req, res) => {
    const parsed = req.url === '/wrong' ? await json(req) : undefined;
    Object.defineProperty(req, 'body', { get: () => parsed ?? {}, configurable: true });
    await handleWebhook(Object.assign(req, { query: {}, cookies: {} }), res);
});

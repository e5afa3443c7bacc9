// For runtimes that answer requests: POST the world as JSON, get the results.
import * as modules from './modules.mjs';
import { runCases } from './run-cases.mjs';

// Workers allow no timers, sockets or random values outside a request: making a client must need none.
const early = new modules.node.Nango({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001' });

export async function answer(request) {
    if (early.serverUrl === '') throw new Error('the client that was made at start has no server');
    return Response.json(await runCases(modules, await request.json()));
}

export default { fetch: answer };

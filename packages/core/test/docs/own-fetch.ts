import { Nango } from '@x/node';

/** Answers from a function, with no server and no patched module: works on every runtime. */
export const nango = new Nango({
    apiKey: 'test-key',
    retry: false,
    rateLimit: false,
    fetch: async (input) => {
        const { pathname } = new URL(input instanceof Request ? input.url : String(input));
        return Response.json({ connections: [{ connection_id: pathname }] });
    },
});

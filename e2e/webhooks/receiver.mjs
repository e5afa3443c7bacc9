// What every app of these tests does with an event: it confirms it as the README says, and puts it into a queue, here the ledger of the
// test. Runs in Node, at the edge and in workerd.
import { Connections } from '@x/connections';
import { confirmConnection } from '@x/webhooks/fetch';

/** @param env Variables: process.env, or the bindings of a Worker. */
export function receiver(env) {
    const enqueue = async (job) => {
        const { status } = await fetch(env.LEDGER_URL, { method: 'POST', body: JSON.stringify(job) });
        if (status !== 200) throw new Error(`the queue answered ${status}`);
    };
    return {
        signingKey: env.NANGO_WEBHOOK_SIGNING_KEY,
        confirm: confirmConnection(new Connections({ apiKey: env.NANGO_API_KEY, host: env.NANGO_HOST })),
        onAuth: (event, { confirmed }) => enqueue({ event, tags: confirmed.tags }),
        onSync: (event) => enqueue({ event }),
        onForward: (event, { header }) => enqueue({ event, provider: header('X-Provider-Signature') }),
        onUnknown: (event) => enqueue({ event }),
    };
}

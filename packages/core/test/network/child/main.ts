import type * as dns from 'node:dns';
import { Client, callForResponse } from '@x/core';
import { action, read } from '../../support/operations.js';
import type { Job, Outcome } from './network-child.js';

const clients = new Map<string, Client>();
let addresses: Record<string, string> = {};
let forward = 0;

const lookups = process.getBuiltinModule('node:dns') as { lookup: unknown };
const system = lookups.lookup as typeof dns.lookup;
lookups.lookup = (host: string, options: dns.LookupOptions, done: (...args: unknown[]) => void) => {
    const address = addresses[host];
    if (address === undefined) return system(host, options, done as never);
    const found = address.split(',').map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 }));
    if (options.all) process.nextTick(done, null, found);
    else process.nextTick(done, null, found[0]?.address, found[0]?.family);
};
const clock = Date.now;
Date.now = () => clock() + forward;

async function perform(job: Job): Promise<Outcome[]> {
    if (job.addresses) addresses = job.addresses;
    Object.assign(process.env, job.env);
    if (job.forward) forward += job.forward;
    const key = `${job.host} ${JSON.stringify(job.options)}`;
    const client =
        clients.get(key) ?? new Client({ apiKey: job.apiKey, host: job.host, retry: false, rateLimit: false, ...job.options });
    clients.set(key, client);
    if (job.delay !== undefined) {
        process.send?.({ waiting: true });
        await new Promise((resolve) => setTimeout(resolve, job.delay));
    }
    const outcomes: Outcome[] = [];
    for (let i = 0; i < (job.calls ?? 1); i++) {
        const call =
            job.kind === 'action'
                ? callForResponse<{ by: string }>(client, action, { body: { input: 1 } })
                : callForResponse<{ by: string }>(client, read, { path: { connectionId: 'c' } });
        const outcome: Outcome = await call.then(
            ({ data }) => ({ by: data.by }),
            (error) => {
                const { name, code, message, progress, status } = error;
                const everything = `${error.stack}${JSON.stringify(error)}${error.cause?.stack}${JSON.stringify(error.cause)}`;
                return { error: { name, code, message, progress, status, everything } };
            },
        );
        outcomes.push(outcome);
    }
    return outcomes;
}

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message}`));
process.on('message', (job: Job) => {
    void perform(job).then((outcomes) => process.send?.({ outcomes, warnings: warnings.splice(0) }));
});
process.once('disconnect', () =>
    // When the channel itself is gone: what is listed would keep the process.
    setImmediate(() =>
        setImmediate(() => {
            const kept = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout|Immediate/.test(name));
            if (kept.length > 0) console.error(`kept alive by ${kept}`);
            process.exitCode = kept.length === 0 ? 0 : 9;
        }),
    ),
);
process.send?.('ready');

// One client on one job, in a process of its own: warms up, then does one round for each message and answers what it took.
// Arguments: client, job, host; and for a Worker, which is a process beside this one: workerd, the folder of its bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { clients } from './clients.js';
import { jobs } from './jobs.js';

const [name, job, host, workerd, bundle] = process.argv.slice(2);
const { calls, fresh, warmUp, run } = jobs[job];
const { client, pid } = workerd
    ? await (await import('./workerd.js')).startWorker(workerd, bundle, name, host)
    : { client: await clients[name](host), pid: 'self' };
await warmUp?.(client);
if (!fresh) await run(client, calls);

process.on('message', async () => {
    const cpuBefore = cpuTime();
    const before = performance.now();
    await run(client, calls);
    const wall = (performance.now() - before) / calls;
    process.send({ wall, cpu: (cpuTime() - cpuBefore) / calls, memory: peakMemory() });
});
process.on('disconnect', () => process.exit());
process.send('ready');

/** ms of CPU that the measured process took so far. */
function cpuTime() {
    if (pid === 'self') {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
    }
    const threads = readdirSync(`/proc/${pid}/task`);
    const time = (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
    return threads.reduce((sum, thread) => sum + time(thread), 0) / 1e6;
}

/** In MiB. Linux passes the parent's peak on to a child's `maxRSS`; the peak of this program alone is in /proc. */
function peakMemory() {
    if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024;
}

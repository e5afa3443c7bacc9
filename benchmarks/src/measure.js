// One client on one job, in a process of its own: warms up, then does one round for each message and answers what it took.
import { readFileSync } from 'node:fs';
import { clients } from './clients.js';
import { jobs } from './jobs.js';

const [name, job, host] = process.argv.slice(2);
const { calls, fresh, warmUp, run } = jobs[job];
const client = await clients[name](host);
await warmUp?.(client);
if (!fresh) await run(client, calls);

process.on('message', async () => {
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    await run(client, calls);
    const wall = (performance.now() - before) / calls;
    const { user, system } = process.cpuUsage(cpuBefore);
    process.send({ wall, cpu: (user + system) / 1000 / calls, memory: peakMemory() });
});
process.on('disconnect', () => process.exit());
process.send('ready');

/** In MiB. Linux passes the parent's peak on to a child's `maxRSS`; the peak of this program alone is in /proc. */
function peakMemory() {
    if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024;
}

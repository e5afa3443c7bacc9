// One client, one job, one process: prints what it took.
import { clients } from './clients.js';
import { jobs } from './jobs.js';

const [name, job, host] = process.argv.slice(2);
const { calls, warmUp = calls, run } = jobs[job];
const client = await clients[name](host);
if (warmUp > 0) await run(client, warmUp);
const cpuBefore = process.cpuUsage();
const before = performance.now();
await run(client, calls);
const wall = performance.now() - before;
const { user, system } = process.cpuUsage(cpuBefore);
process.send({ wall: wall / calls, cpu: (user + system) / 1000 / calls, memory: process.resourceUsage().maxRSS / 1024 });
process.disconnect();
process.exit();

import { jobs } from './jobs.js';
import { runScript, startClient } from './processes.js';
import { median, spread } from './statistics.js';

/** How many rounds one set of processes does: they are warm then, and how the compilers fell out differs between processes. */
const roundsPerProcess = 3;

/** A job ends before its last round when it had `least` of them and the ratios of ours lie within `noise`. */
const enough = { least: 5, noise: 0.04 };

/** What the clients took on each job, on one runtime. */
export class Measurements {
    /** values[job][client][measure] = one number a round */
    values = {};
    #runtime;
    #servers;
    #scale;

    constructor(runtime, servers, scale) {
        this.#runtime = runtime;
        this.#servers = servers;
        this.#scale = scale;
    }

    /** Measures the clients in turn; what was measured before on this job is forgotten. */
    async measure(job, clients, rounds) {
        const { script, fresh, gzip } = jobs[job];
        const host = `http://127.0.0.1:${(gzip ? this.#servers.zipping : this.#servers.plain).port}`;
        const values = Object.fromEntries(clients.map((client) => [client, {}]));
        const start = (client) =>
            script
                ? { measure: async () => flat(await runScript(this.#runtime, script(client), [client, host])), stop() {} }
                : startClient(this.#runtime, [client, job, host], { SCALE: String(this.#scale) });
        const take = async (client, { measure }) => {
            for (const [name, value] of Object.entries(await measure())) {
                values[client][name] ??= [];
                values[client][name].push(value);
            }
        };
        this.values[job] = values;
        let running = new Map();
        for (let round = 0; round < rounds && !this.#settled(job, round); round++) {
            // Another order in each round: whoever goes first pays for a cold machine.
            const turns = rotated(clients, round);
            if (round % (fresh ? 1 : roundsPerProcess) === 0) {
                for (const process of running.values()) process.stop();
                running = new Map();
                // All at once: how long they take to get warm is not measured.
                if (!fresh) running = new Map(await Promise.all(turns.map(async (client) => [client, await start(client)])));
            }
            for (const client of turns) {
                if (fresh) running.set(client, await start(client));
                await take(client, running.get(client));
            }
        }
        for (const process of running.values()) process.stop();
        for (const client of clients) console.log(`  ${job}: ${client.padEnd(10)} ${facts(values[client])}`);
    }

    #settled(job, rounds) {
        return rounds >= enough.least && this.noise([job]).most <= enough.noise;
    }

    /** How far the rounds lie apart: of the ratios of the first client (ours) to every other, in CPU and time, the median and the most. */
    noise(measuredJobs = Object.keys(this.values)) {
        const spreads = measuredJobs.flatMap((job) => {
            const [client, ...others] = Object.keys(this.values[job]);
            const measures = Object.keys(this.values[job][client]).filter((measure) => measure !== 'memory');
            return others.flatMap((to) => measures.map((measure) => this.ratio({ job, measure, client, to }).spread));
        });
        return { median: median(spreads), most: Math.max(...spreads) };
    }

    /** One client's value to another's: the median over the rounds, half the distance between the quartiles as a share of it, and the least. */
    ratio({ job, measure, client, to }) {
        const ours = this.values[job]?.[client]?.[measure];
        const theirs = this.values[job]?.[to]?.[measure];
        if (!ours || !theirs) return undefined;
        const ratios = ours.map((value, round) => value / theirs[round]);
        return { median: median(ratios), spread: spread(ratios), least: Math.min(...ratios) };
    }
}

/** `{ answered: [ms, cpuUsage] }` as `{ answered: ms, 'answered, cpu': ms }`. */
function flat(marks) {
    return Object.fromEntries(
        Object.entries(marks).flatMap(([mark, [wall, { user, system }]]) => [
            [mark, wall],
            [`${mark}, cpu`, (user + system) / 1000],
        ]),
    );
}

function facts(measures) {
    return Object.entries(measures)
        .map(([name, all]) => `${name} ${median(all).toFixed(3)} ±${Math.round(spread(all) * 100)} %`)
        .join('  ');
}

function rotated(list, by) {
    const at = by % list.length;
    return [...list.slice(at), ...list.slice(0, at)];
}

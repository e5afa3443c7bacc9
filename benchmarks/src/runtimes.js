import { execFileSync } from 'node:child_process';
import { bundleWorker } from './bundle-worker.js';
import { bunBinary, denoBinary, nodeBinary, workerdBinary } from './tools.js';

const limit = ['undici', 'node:http', 'fetch', 'ky'];

/** A Node does every job; the others do those that are measured beside the limit. */
const node = (major) => ({
    name: `Node ${major}`,
    program: () => nodeBinary(major),
    clients: ['ours', 'ours-plain', 'ours-fetch', 'vendor', 'ofetch', ...limit],
    everyJob: true,
});

const runtimes = {
    'node-20': node(20),
    'node-22': node(22),
    'node-24': node(24),
    bun: {
        name: 'Bun',
        program: bunBinary,
        // Bun puts a module of its own in the place of undici.
        clients: ['ours', 'vendor', ...limit.filter((client) => client !== 'undici')],
    },
    deno: {
        name: 'Deno',
        program: denoBinary,
        flags: ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
        clients: ['ours', 'vendor', ...limit],
    },
    workerd: {
        name: 'workerd',
        program: workerdBinary,
        // `no call`: what the Worker takes to answer at all. The vendor's client can't be built for Workers.
        clients: ['ours', 'fetch', 'ky', 'no call'],
        isWorker: true,
    },
};

export const runtimeNames = Object.keys(runtimes);

/**
 * A runtime by its name, installed if need be: its `version`, the `program` with `flags` that runs a script, the `args` that measure.js gets
 * after its own, the `clients` that are measured on it, and whether it does `everyJob`.
 */
export async function prepareRuntime(key) {
    const found = runtimes[key];
    if (!found) throw new Error(`--on must be one of ${runtimeNames.join(', ')}, not ${key}`);
    const { program, flags = [], isWorker, ...rest } = found;
    const binary = program();
    const version = /\d[\d.-]*\d/.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' }))[0];
    // A Worker is asked by a Node, which starts it.
    const started = isWorker
        ? { program: process.execPath, flags, args: [binary, await bundleWorker()] }
        : { program: binary, flags, args: [] };
    return { ...rest, ...started, version };
}

/** Moves bytes through the proxy and prints the memory and time it took. Run as a process of its own: see streaming.test.ts. */

import { Readable } from 'node:stream';
import { ProxyCalls } from '@x/proxy';
import { watchMemory } from '../../core/test/support/watch-memory.js';

const [host, kind, transport, size] = process.argv.slice(2) as [string, string, string, string];
const nango = new ProxyCalls({
    apiKey: 'k',
    host,
    timeout: false,
    ...(transport === 'fetch' && { fetch: globalThis.fetch }),
});
const at = { providerConfigKey: 'p', connectionId: 'c' };
const chunk = 65_536;

async function download(bytes: number): Promise<number> {
    const { data } = await nango.get<AsyncIterable<Uint8Array>>({ ...at, endpoint: `/bytes?n=${bytes}`, responseType: 'stream' });
    let total = 0;
    for await (const piece of data) total += piece.length;
    return total;
}

function source(bytes: number): Readable {
    const block = Buffer.alloc(chunk, 1);
    let left = bytes;
    return new Readable({
        read() {
            left -= chunk;
            this.push(left >= 0 ? block : null);
        },
    });
}

/** A file that is not in memory: its bytes are made as they are read. */
function file(bytes: number): Blob {
    const made = new Blob([]);
    return Object.defineProperties(made, {
        size: { value: bytes },
        stream: { value: () => Readable.toWeb(source(bytes)) },
    });
}

async function upload(bytes: number): Promise<number> {
    let data: unknown = source(bytes);
    if (kind === 'form') {
        const form = new FormData();
        const fields = [['file', file(bytes)]] as const;
        data = Object.assign(form, { entries: () => fields.values() });
    }
    if (kind === 'web') data = Readable.toWeb(source(bytes));
    const { data: answer } = await nango.post<{ received: number }>({ ...at, endpoint: '/sink', data });
    return answer.received;
}

const move = kind === 'download' ? download : upload;
await move(64 * 1024 * 1024);
const stop = watchMemory();
const moved = await move(Number(size));
console.log(JSON.stringify({ moved, memory: stop() }));

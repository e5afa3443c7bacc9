// Requests over connections that are kept, each with one request at a time, until so many are answered.
import { Agent, request } from 'node:http';

/**
 * @param {{ url: string, method?: string, path: (number: number) => string, headers: Record<string, string>, body?: string, calls: number, concurrency: number }} load
 * @returns the last answer's bytes, as a text; @throws for an answer that is no success
 */
export async function send({ url, method = 'GET', path, headers, body, calls, concurrency }) {
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    const { hostname, port } = new URL(url);
    let sent = 0;
    let last;
    const one = (number) =>
        new Promise((resolve, reject) => {
            const outgoing = request({ hostname, port, method, path: path(number), headers, agent }, (incoming) => {
                const chunks = [];
                incoming.on('data', (chunk) => chunks.push(chunk));
                incoming.on('error', reject);
                incoming.on('end', () => {
                    if (number === calls - 1 || incoming.statusCode !== 200) last = Buffer.concat(chunks).toString();
                    if (incoming.statusCode === 200) resolve();
                    else reject(new Error(`${method} ${path(number)}: ${incoming.statusCode} ${last}`));
                });
            });
            outgoing.on('error', reject);
            outgoing.end(body);
        });
    const worker = async () => {
        while (sent < calls) await one(sent++);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    agent.destroy();
    return last;
}

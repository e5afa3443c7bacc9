import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';

const config = (name, host) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
    services = [
        (name = "main", worker = (
            modules = [(name = "worker.js", esModule = embed "worker.js")],
            compatibilityDate = "2026-07-01",
            bindings = [(name = "CLIENT", text = "${name}"), (name = "HOST", text = "${host}")],
        )),
        (name = "internet", network = (allow = ["private"])),
    ],
    sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

/** Starts one Worker with a client, and returns its process and a client whose calls are requests to that Worker, which makes them. */
export async function startWorker(workerd, folder, name, host) {
    const file = `${folder}/${name.replace(' ', '-')}-${process.pid}.capnp`;
    writeFileSync(file, config(name, host));
    const child = spawn(workerd, ['serve', file, '--control-fd=3'], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    process.on('exit', () => child.kill());
    const port = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`workerd exited with ${code}`)));
        createInterface({ input: child.stdio[3] }).on('line', (line) => {
            const { event, port } = JSON.parse(line);
            if (event === 'listen') resolve(port);
        });
    });
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 500 });
    const ask = async (path) => {
        const { statusCode, body } = await pool.request({ method: 'GET', path });
        if (statusCode !== 200) throw new Error(`the Worker answered ${statusCode}: ${await body.text()}`);
        await body.dump();
    };
    const client = {
        connection: () => ask('/connection'),
        post: () => ask('/post'),
        records: (model, limit) => ask(`/records?model=${model}&limit=${limit}`),
    };
    // One alone first: it makes the Worker's client.
    await client.connection();
    return { pid: child.pid, client };
}

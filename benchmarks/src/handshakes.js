import { makeCertificate } from './certificate.js';
import { runScript, startServer } from './processes.js';

/** How many TLS handshakes each client needs for three calls that are 6 s apart: 1 when it keeps its connection. */
export async function countHandshakes(runtime, clients) {
    const { key, cert, file, remove } = makeCertificate();
    const counts = await Promise.all(
        clients.map(async (client) => {
            const server = await startServer({ TLS_KEY: key, TLS_CERT: cert });
            await runScript(runtime, 'keep-alive.js', [client, `https://127.0.0.1:${server.port}`], {
                NODE_EXTRA_CA_CERTS: file,
            });
            const { handshakes } = await server.ask();
            server.stop();
            return [client, handshakes];
        }),
    );
    remove();
    return Object.fromEntries(counts);
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, startServer } from './processes.js';

/** How many TLS handshakes each client needs for three calls that are 6 s apart: 1 when it keeps its connection. */
export async function countHandshakes(runtime, clients) {
    const dir = mkdtempSync(join(tmpdir(), 'bench-tls-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const kind = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
    const subject = '-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1';
    execFileSync('openssl', `req ${kind} -keyout ${key} -out ${cert} ${subject}`.split(' '), { stdio: 'ignore' });
    const counts = await Promise.all(
        clients.map(async (client) => {
            const server = await startServer({ TLS_KEY: readFileSync(key, 'utf8'), TLS_CERT: readFileSync(cert, 'utf8') });
            await runScript(runtime, 'keep-alive.js', [client, `https://127.0.0.1:${server.port}`], {
                NODE_EXTRA_CA_CERTS: cert,
            });
            const { handshakes } = await server.ask();
            server.stop();
            return [client, handshakes];
        }),
    );
    rmSync(dir, { recursive: true });
    return Object.fromEntries(counts);
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for 127.0.0.1 that is its own CA, as PEM and as a file for `NODE_EXTRA_CA_CERTS`, until `remove()`. */
export function makeCertificate() {
    const dir = mkdtempSync(join(tmpdir(), 'bench-tls-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const kind = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
    const subject = '-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1';
    execFileSync('openssl', `req ${kind} -keyout ${key} -out ${cert} ${subject}`.split(' '), { stdio: 'ignore' });
    return {
        key: readFileSync(key, 'utf8'),
        cert: readFileSync(cert, 'utf8'),
        file: cert,
        remove: () => rmSync(dir, { recursive: true }),
    };
}

import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Starts the server in a process of its own. */
export async function startServer(env = {}) {
    const child = fork(file('./server.js'), { env: { ...process.env, ...env } });
    const { port } = await message(child);
    return {
        port,
        ask: () => {
            child.send('?');
            return message(child);
        },
        stop: () => child.disconnect(),
    };
}

/** Runs a script on a Node binary and resolves to the one message that it sends. */
export async function runScript(node, script, args, env = {}) {
    const child = fork(file(script), args, { execPath: node, env: { ...process.env, ...env } });
    return message(child);
}

function message(child) {
    return new Promise((resolve, reject) => {
        // Not 'exit', which may come before what was sent last is read.
        const fail = () => reject(new Error('the process ended and sent nothing'));
        child.once('disconnect', fail);
        child.once('message', (value) => {
            child.off('disconnect', fail);
            resolve(value);
        });
    });
}

/** A certificate for 127.0.0.1, made for this run. */
export function makeCertificate() {
    const dir = mkdtempSync(join(tmpdir(), 'bench-tls-'));
    const key = join(dir, 'key.pem');
    const cert = join(dir, 'cert.pem');
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
        'openssl',
        [
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:prime256v1',
            '-nodes',
            '-days',
            '1',
            '-keyout',
            key,
            '-out',
            cert,
            ...subject,
        ],
        {
            stdio: 'ignore',
        },
    );
    return {
        key: readFileSync(key, 'utf8'),
        cert: readFileSync(cert, 'utf8'),
        certFile: cert,
        remove: () => rmSync(dir, { recursive: true }),
    };
}

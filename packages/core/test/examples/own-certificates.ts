import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { Nango } from '@x/node';

export function nangoWithCertificates(files: { ca: string; cert: string; key: string }) {
    const httpsAgent = new Agent({
        keepAlive: true, // or each call makes a connection of its own
        ca: readFileSync(files.ca), // in place of the CAs that Node knows
        cert: readFileSync(files.cert), // only where the server, or a gateway before it, wants a client certificate
        key: readFileSync(files.key),
    });
    return new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST, httpsAgent });
}

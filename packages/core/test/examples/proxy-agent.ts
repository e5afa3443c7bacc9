import { readFileSync } from 'node:fs';
import { Nango } from '@x/node';
import { HttpsProxyAgent } from 'https-proxy-agent';

export function nangoThroughProxy(proxy: string, caFile: string) {
    // Its second argument is for the connection to the proxy …
    const httpsAgent = new HttpsProxyAgent(proxy, { keepAlive: true });
    // … and these options are for the TLS connection through it, e.g. when the proxy reads TLS.
    Object.assign(httpsAgent.options, { ca: readFileSync(caFile) });
    return new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST, httpsAgent });
}

import { Nango } from '@x/node';
import { ProxyAgent, type RequestInit, fetch as undiciFetch } from 'undici';

export function nangoOverUndici(proxy: string, ca: string) {
    const dispatcher = new ProxyAgent({ uri: proxy, requestTls: { ca } });
    const throughProxy = (url: unknown, init: unknown) => undiciFetch(url as string, { ...(init as RequestInit), dispatcher });
    // The types of undici and of the undici inside Node are two, so a cast is needed.
    const fetch = throughProxy as unknown as typeof globalThis.fetch;
    return new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST, fetch });
}

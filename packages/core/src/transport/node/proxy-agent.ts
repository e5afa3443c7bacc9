import type * as http from 'node:http';
import type { Socket } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';

type Connected = (error: Error | null, socket?: Socket) => void;
interface ConnectOptions {
    host?: string;
    port?: number | string;
}

/** The proxy that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` name for a server, read as axios reads them. */
export function proxyFor(origin: string): URL | undefined {
    const proxy = getProxyForUrl(origin);
    return proxy === '' ? undefined : new URL(proxy);
}

/**
 * A keep-alive agent that reaches servers by way of a proxy: `https:` ones through a tunnel (`CONNECT`), so that the proxy sees
 * neither path nor key; `http:` ones by asking the proxy for the whole URL (RFC 9112, 3.2.2 and 3.2.3).
 */
export function createProxyAgent(protocol: 'http:' | 'https:', proxy: URL): http.Agent {
    return protocol === 'https:' ? tunnelAgent(proxy) : forwardAgent(proxy);
}

function tunnelAgent(proxy: URL): http.Agent {
    const { Agent } = process.getBuiltinModule('node:https');
    type Connect = (options: object, done?: Connected) => Socket;
    class TunnelAgent extends Agent {
        override createConnection(options: ConnectOptions, callback?: unknown): undefined {
            const done = callback as Connected;
            const host = options.host?.includes(':') ? `[${options.host}]` : options.host;
            const { request } = builtinOf(proxy);
            const connect = request({
                ...addressOf(proxy),
                method: 'CONNECT',
                path: `${host}:${options.port}`,
                headers: { host: `${host}:${options.port}`, ...authorizationOf(proxy) },
                agent: false,
            });
            connect.once('error', (error) => done(unconnected(error.message, (error as { code?: string }).code)));
            connect.once('response', (response) => {
                response.resume();
                done(unconnected(`the proxy answered ${response.statusCode}`, 'EPROXY'));
            });
            connect.once('connect', (response, socket) => {
                if (response.statusCode === 200) {
                    const secure = (Agent.prototype as unknown as { createConnection: Connect }).createConnection;
                    done(null, secure.call(this, { ...options, socket }));
                } else {
                    socket.destroy();
                    done(unconnected(`the proxy answered ${response.statusCode}`, 'EPROXY'));
                }
            });
            connect.end();
        }
    }
    return new TunnelAgent({ keepAlive: true });
}

function forwardAgent(proxy: URL): http.Agent {
    const { Agent } = process.getBuiltinModule('node:http');
    class ForwardAgent extends Agent {
        addRequest(request: http.ClientRequest, options: ConnectOptions): void {
            const host = request.getHeader('host') ?? `${options.host}:${options.port}`;
            request.path = `http://${host}${request.path}`;
            for (const [name, value] of Object.entries(authorizationOf(proxy))) request.setHeader(name, value);
            (Agent.prototype as unknown as { addRequest(...args: unknown[]): void }).addRequest.call(this, request, options);
        }

        override createConnection(): Socket {
            const address = addressOf(proxy);
            return proxy.protocol === 'https:'
                ? process.getBuiltinModule('node:tls').connect({ ...address, servername: proxy.hostname })
                : process.getBuiltinModule('node:net').connect(address);
        }
    }
    return new ForwardAgent({ keepAlive: true });
}

function builtinOf({ protocol }: URL): typeof http {
    return process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http') as typeof http;
}

function addressOf({ protocol, hostname, port }: URL): { host: string; port: number } {
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}

function authorizationOf({ username, password }: URL): Record<string, string> {
    if (username === '' && password === '') return {};
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** `syscall` tells that nothing of the request was sent; see `classifyNodeFailure`. */
function unconnected(message: string, code: string | undefined): Error {
    return Object.assign(new Error(`no connection through the proxy: ${message}`), { code, syscall: 'connect' });
}

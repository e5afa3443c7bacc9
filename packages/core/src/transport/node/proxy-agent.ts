/// <reference path="./proxy-from-env.d.ts" />
import type * as http from 'node:http';
import type { Socket } from 'node:net';
import type { ServerBase } from '../../types/server-base.js';
import { proxyFor } from './environment-proxy.js';

type Connected = (error: Error | null, socket?: Socket) => void;
interface ConnectOptions {
    host?: string;
    port?: number | string;
    /** The request that a tunnel is made for. */
    request?: http.ClientRequest;
}

/** What agents of npm packages have overridden for ten years, and Node's types leave out. */
interface AgentInternals {
    addRequest(request: http.ClientRequest, options: object): void;
}

/**
 * A keep-alive agent that reaches a server by way of the proxy that the environment names, if it names one: `https:` servers
 * through a tunnel (`CONNECT`), so that the proxy sees neither path nor key; `http:` ones by asking the proxy for the whole URL
 * (RFC 9112, 3.2.2 and 3.2.3).
 *
 * @throws {NangoConfigError} when it names something that is no proxy
 */
export function createProxyAgent({ origin, protocol }: ServerBase): http.Agent | undefined {
    const proxy = proxyFor(origin);
    if (!proxy) return undefined;
    return protocol === 'https:' ? tunnelAgent(proxy) : forwardAgent(proxy);
}

function tunnelAgent(proxy: URL): http.Agent {
    const { Agent } = process.getBuiltinModule('node:https');
    const { addRequest } = Agent.prototype as unknown as AgentInternals;
    type Connect = (options: object, done?: Connected) => Socket;
    class TunnelAgent extends Agent {
        addRequest(request: http.ClientRequest, options: ConnectOptions): void {
            addRequest.call(this, request, { ...options, request });
        }

        override createConnection({ request, ...options }: ConnectOptions, callback?: unknown): undefined {
            const done = callback as Connected;
            const target = `${options.host?.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
            const connect = builtinOf(proxy).request({
                ...addressOf(proxy),
                method: 'CONNECT',
                path: target,
                headers: { host: target, ...authorizationOf(proxy) },
                agent: false,
            } as http.RequestOptions);
            cutTogether(request, connect);
            connect.on('error', (error) => done(unconnected(error.message, (error as { code?: string }).code)));
            connect.once('connect', ({ statusCode = 0 }, socket) => {
                // Any 2xx opens it (RFC 9110, 9.3.6).
                if (statusCode >= 200 && statusCode < 300) {
                    const secure = (Agent.prototype as unknown as { createConnection: Connect }).createConnection;
                    done(null, secure.call(this, { ...options, socket }));
                } else {
                    socket.destroy();
                    done(refused(statusCode, target, proxy));
                }
            });
            connect.end();
        }
    }
    return new TunnelAgent({ keepAlive: true });
}

/** A request that is given up while it has no socket yet emits nothing, and a proxy that says nothing would be waited for. */
function cutTogether(request: http.ClientRequest | undefined, connect: http.ClientRequest): void {
    if (!request) return;
    const { destroy } = request;
    request.destroy = (error) => {
        if (!request.socket) connect.destroy();
        return destroy.call(request, error);
    };
}

function forwardAgent(proxy: URL): http.Agent {
    const { Agent } = process.getBuiltinModule('node:http');
    const { addRequest } = Agent.prototype as unknown as AgentInternals;
    class ForwardAgent extends Agent {
        addRequest(request: http.ClientRequest, options: ConnectOptions): void {
            const host = request.getHeader('host') ?? `${options.host}:${options.port}`;
            request.path = `http://${host}${request.path}`;
            for (const [name, value] of Object.entries(authorizationOf(proxy))) request.setHeader(name, value);
            addRequest.call(this, request, options);
        }

        override createConnection(): Socket {
            const address = addressOf(proxy);
            return proxy.protocol === 'https:'
                ? process.getBuiltinModule('node:tls').connect(address)
                : process.getBuiltinModule('node:net').connect(address);
        }
    }
    return new ForwardAgent({ keepAlive: true });
}

function builtinOf({ protocol }: URL): typeof http {
    return process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http') as typeof http;
}

function addressOf({ protocol, hostname, port }: URL): { host: string; port: number; servername?: string } {
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol === 'http:') return { host, port: Number(port) || 80 };
    // Said here, or Node takes it from the Host header, which names the server behind the proxy; an address is no name (RFC 6066, 3).
    const servername = process.getBuiltinModule('node:net').isIP(host) ? '' : host;
    return { host, port: Number(port) || 443, servername };
}

function authorizationOf({ username, password }: URL): Record<string, string> {
    if (username === '' && password === '') return {};
    const credentials = `${decode(username)}:${decode(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** A per cent sign that is no escape stands for itself. */
function decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function refused(status: number, target: string, { username }: URL): Error {
    // What it refuses now it refuses again; what it can't reach now it may reach in a moment.
    if (status >= 500) return unconnected(`the proxy answered ${status} for ${target}`, 'EPROXY_GATEWAY');
    let why = `it does not let connections to ${target} pass`;
    if (status === 407) {
        why =
            username === ''
                ? 'it wants credentials, e.g. HTTPS_PROXY=http://user:password@proxy.example.com:8080'
                : 'it does not take the user name and password of HTTPS_PROXY; special characters in them must be percent-encoded';
    }
    return unconnected(`the proxy answered ${status}: ${why}`, 'EPROXY');
}

/** `syscall` shows that nothing of the request was sent; see `classifyNodeFailure`. */
function unconnected(message: string, code: string | undefined): Error {
    return Object.assign(new Error(`no connection through the proxy: ${message}`), { code, syscall: 'connect' });
}

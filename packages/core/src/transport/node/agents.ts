import type * as http from 'node:http';
import { sharedInProcess } from '../../runtime/shared-in-process.js';
import type { AgentLike } from '../../types/options.js';
import type { ServerBase } from '../../types/server-base.js';

/** Taken when the module is loaded: fake timers of a test would hold it, and the connection with it. */
const nextTurn = setImmediate;

/** A pooled socket that idled longer than this by the wall clock is dropped: the server closes at about 61 s. */
const longestIdle = 50_000;
/** A socket that idled longer than this may have been closed by now without this process having heard of it. */
const shortIdle = 1_000;

/** Under this name copies of this package share their agents, and read each other's {@link Idle}. Another shape takes another number. */
export const agentsShape = 'nango.agents.v3';
/** What is noted on a pooled socket. By the wall clock, since timers stand still while a Lambda is frozen. */
const idle = Symbol.for(`${agentsShape}.idle`);
interface Idle {
    since: number;
    /** When the server will close it, as its `Keep-Alive` header says. */
    until: number;
}

/** Names of the variables that axios reads, too (through `proxy-from-env`). */
const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/** A function, which prints as nothing: an agent holds the requests that are under way, and they hold keys. */
function holdAgents(): () => Map<string, unknown> {
    const agents = new Map<string, unknown>();
    return () => agents;
}

/** The process's agents, by protocol, and by the server for which they were found. */
export function sharedAgents(): Map<string, unknown> {
    return sharedInProcess(agentsShape, holdAgents)();
}

/**
 * The process's keep-alive agent for a server, without sockets that the server has closed by now.
 *
 * @param most connections at once; each limit has an agent of its own
 */
export function agentFor(base: ServerBase, most = Number.POSITIVE_INFINITY): AgentLike | Promise<AgentLike> {
    const agents = sharedAgents();
    // The environment is read at the first request to a server, never before.
    const found = agents.get(limited(base.origin, most)) as http.Agent | undefined;
    if (!found) return openAgent(base, agents, most);
    return freshened(found);
}

const limited = (name: string, most: number) => (most === Number.POSITIVE_INFINITY ? name : `${name}, ${most} at once`);

function openAgent(base: ServerBase, agents: Map<string, unknown>, most: number): AgentLike | Promise<AgentLike> {
    const keep = (by: string, create: () => http.Agent) => {
        const name = limited(by, most);
        const agent = (agents.get(name) as http.Agent | undefined) ?? noteIdling(create());
        agent.maxSockets = most;
        agents.set(name, agent);
        agents.set(limited(base.origin, most), agent);
        return freshened(agent);
    };
    const direct = () => keep(base.protocol, () => new (moduleOf(base.protocol).Agent)({ keepAlive: true }));
    if (!proxyVariables.some((name) => process.env[name])) return direct();
    return import('./proxy-agent.js').then(({ createProxyAgent }) => {
        const agent = createProxyAgent(base);
        // Never under the proxy's URL: it may hold a password, and the registry is open to all.
        return agent ? keep(`${base.origin} by proxy`, () => agent) : direct();
    });
}

const modules: { 'http:'?: typeof http; 'https:'?: typeof http } = {};

/** `node:http` or `node:https`, looked up once: that is more than a few lookups in an object. */
export function moduleOf(protocol: 'http:' | 'https:'): typeof http {
    modules[protocol] ??= process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http') as typeof http;
    return modules[protocol];
}

function noteIdling(agent: http.Agent): http.Agent {
    const keep = agent.keepSocketAlive as (socket: object) => boolean;
    agent.keepSocketAlive = (socket: object) => {
        const now = Date.now();
        const answer = (socket as { _httpMessage?: { res?: http.IncomingMessage } })._httpMessage?.res;
        (socket as Record<symbol, Idle>)[idle] = { since: now, until: now + keptFor(answer?.headers['keep-alive']) };
        return keep.call(agent, socket);
    };
    return agent;
}

let lastHint: unknown;
let lastKeptFor = longestIdle;

/** For how long a connection may be used again, in ms. A server says the same each time. */
function keptFor(hint: unknown): number {
    if (hint !== lastHint) {
        const seconds = /timeout=(\d{1,6})/.exec(String(hint))?.[1];
        lastHint = hint;
        // One second less: the server's time began before ours.
        lastKeptFor = seconds === undefined ? longestIdle : Math.min(longestIdle, Number(seconds) * 1_000 - 1_000);
    }
    return lastKeptFor;
}

/** Drops what must be dead; where something may be, lets the process hear of it first. */
function freshened(agent: http.Agent): AgentLike | Promise<AgentLike> {
    const now = Date.now();
    let doubtful = false;
    const pools = agent.freeSockets;
    for (const name in pools) {
        for (const socket of pools[name] ?? []) {
            const noted = (socket as unknown as Record<symbol, Idle | undefined>)[idle];
            if (!noted) continue;
            if (now >= noted.until) socket.destroy();
            else if (now - noted.since > shortIdle) doubtful = true;
        }
    }
    if (!doubtful) return agent;
    // A process that was frozen finds the end of its connections among the events that wait: one turn of the loop takes them in.
    return new Promise((resolve) => nextTurn(() => resolve(agent)));
}

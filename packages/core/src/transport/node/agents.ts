import type * as http from 'node:http';
import type { ServerBase } from '../../client/settings.js';
import type { AgentLike } from '../../options.js';

/** A pooled socket that idled longer than this by the wall clock is dropped: the server closes at about 61 s. */
const longestIdle = 50_000;

const idleSince = Symbol('nango.idleSince');
const agents = new Map<string, http.Agent>();

/** The process's keep-alive agent for a server, without sockets that the server has closed by now. */
export function agentFor(base: ServerBase): AgentLike | Promise<AgentLike> {
    let agent = agents.get(base.protocol);
    if (!agent) {
        agent = createAgent(base.protocol);
        agents.set(base.protocol, agent);
    }
    dropStaleSockets(agent, Date.now());
    return agent;
}

function createAgent(protocol: 'http:' | 'https:'): http.Agent {
    const { Agent } = process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http');
    const agent = new Agent({ keepAlive: true });
    const keep = agent.keepSocketAlive as (socket: object) => boolean;
    agent.keepSocketAlive = (socket: object) => {
        (socket as Record<symbol, number>)[idleSince] = Date.now();
        return keep.call(agent, socket);
    };
    return agent;
}

/**
 * By the wall clock, since timers stand still while a Lambda is frozen. The agent takes the most recently used socket
 * first, so stale ones are at the front.
 */
function dropStaleSockets(agent: http.Agent, now: number): void {
    const pools = agent.freeSockets;
    for (const name in pools) {
        for (const socket of pools[name] as readonly (object & { destroy(): void })[]) {
            if (now - ((socket as Record<symbol, number>)[idleSince] ?? now) < longestIdle) break;
            socket.destroy();
        }
    }
}

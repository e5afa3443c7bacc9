import type * as http from 'node:http';
import { NangoTimeoutError } from '../../errors/transport-errors.js';
import type { AgentLike } from '../../types/options.js';
import {
    type RequestProgress,
    type Transport,
    TransportFailure,
    type TransportRequest,
    type TransportResponse,
} from '../../types/transport.js';
import { agentFor, moduleOf } from './agents.js';
import { acceptedEncodings } from './decoder.js';
import { awaitsConnection, classifyNodeFailure } from './node-failure.js';
import { NodeResponse } from './node-response.js';

/** Taken when the module is loaded: fake timers of a test would hold it. */
const nextTurn = setImmediate;

/**
 * Sends requests through `node:http`. `request` is looked up on the module at each call, where nock, msw and tracers patch
 * it; the module comes from `getBuiltinModule`, since importing it as ESM loads all of undici.
 */
export class NodeTransport implements Transport {
    readonly #httpAgent: AgentLike | undefined;
    readonly #httpsAgent: AgentLike | undefined;

    readonly #maxSockets: number | undefined;

    constructor(httpAgent: AgentLike | undefined, httpsAgent: AgentLike | undefined, maxSockets?: number) {
        this.#httpAgent = httpAgent;
        this.#httpsAgent = httpsAgent;
        this.#maxSockets = maxSockets;
    }

    send(request: TransportRequest): Promise<TransportResponse> {
        const agent =
            (request.base.protocol === 'https:' ? this.#httpsAgent : this.#httpAgent) ?? agentFor(request.base, this.#maxSockets);
        return agent instanceof Promise ? agent.then((ready) => exchange(request, ready)) : exchange(request, agent);
    }
}

function exchange(request: TransportRequest, agent: AgentLike): Promise<TransportResponse> {
    const { base, body, cancellation } = request;
    const { request: open } = moduleOf(base.protocol);
    const headers = nodeHeaders(request);
    return new Promise((resolve, reject) => {
        if (cancellation.cancelled) return reject(cancellation.reason);
        let answered = false;
        const outgoing = open(
            {
                protocol: base.protocol,
                hostname: base.hostname,
                port: base.port,
                path: request.path,
                method: request.method,
                headers,
                agent: agent as http.Agent,
            },
            (incoming) => {
                if (incoming.statusCode === 101) {
                    outgoing.destroy();
                    return reject(switched());
                }
                answered = true;
                if (!outgoing.writableFinished) incoming.once('end', () => nextTurn(endUpload, outgoing));
                resolve(new NodeResponse(incoming, request.method, cancellation));
            },
        );
        // Node closes neither, and says nothing more.
        outgoing.on('upgrade', (_incoming, socket) => {
            socket.destroy();
            reject(switched());
        });
        cancellation.onCancel = cutOff(outgoing, reject);
        outgoing.on('error', (error) => {
            // After the headers, the body's own error says what happened.
            if (!answered) reject(classifyNodeFailure(error, outgoing));
        });
        sendBody(outgoing, headers, body, reject);
    });
}

/**
 * Made out here, since V8 keeps what a function made within the promise's executor can see until the next full collection: over
 * many pages of records that doubles the process's memory (job 'iterate 2,000 pages' of the benchmarks).
 */
function cutOff(outgoing: http.ClientRequest, reject: (reason: unknown) => void): (reason: unknown) => void {
    return (reason) => {
        if (reason instanceof NangoTimeoutError && awaitsConnection(outgoing))
            (reason as { progress: RequestProgress }).progress = 'not-sent';
        reject(reason);
        outgoing.destroy();
    };
}

/**
 * An answer that comes before all of the upload was taken ends the upload, whoever reads the body that is sent. Called a turn after the answer's
 * end, for over TLS Node says later than that that a request was written: its connection is as good as any.
 */
function endUpload(outgoing: http.ClientRequest): void {
    if (!outgoing.writableFinished) outgoing.destroy();
}

function nodeHeaders(request: TransportRequest): Record<string, string> {
    const headers: Record<string, string> = Object.assign({ 'accept-encoding': acceptedEncodings() }, request.headers);
    if (typeof request.body === 'string') headers['content-length'] = String(Buffer.byteLength(request.body));
    else if (ArrayBuffer.isView(request.body)) headers['content-length'] = String(request.body.byteLength);
    else if (request.bodyLength !== undefined) headers['content-length'] = String(request.bodyLength);
    // Node sends a DELETE's stream with neither length nor chunks, which no server can read.
    else if (request.body !== undefined) headers['transfer-encoding'] = 'chunked';
    return headers;
}

function sendBody(
    outgoing: http.ClientRequest,
    headers: Record<string, string>,
    body: TransportRequest['body'],
    reject: (error: unknown) => void,
): void {
    if (body === undefined) {
        outgoing.end();
    } else if (typeof body === 'string' && Object.values(headers).some((value) => /[\x80-\xff]/.test(value))) {
        // Node writes headers together with a body of text, and then as UTF-8, as which no server reads them.
        outgoing.end(Buffer.from(body));
    } else if (typeof body === 'string' || ArrayBuffer.isView(body)) {
        outgoing.end(body);
    } else {
        const { pipeline, Readable } = process.getBuiltinModule('node:stream');
        const source = 'getReader' in body ? Readable.fromWeb(body as never) : (body as never);
        pipeline(source, outgoing, (error) => {
            if (error) {
                reject(error);
                outgoing.destroy();
            }
        });
    }
}

const switched = () =>
    new TransportFailure(
        'network',
        'maybe-sent',
        undefined,
        'the server switched to another protocol (101), which nobody asked for',
    );

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { requireLater } from '../base/require-later.js';

/** What a page that waits for a popup gets (contract 16.5). */
export type SocketMessage =
    | { message_type: 'success'; provider_config_key: string; connection_id: string; is_pending: boolean }
    | { message_type: 'error'; provider_config_key?: string; connection_id?: string; error_type: string; error_desc: string };

/** The websocket of the popup flow: acknowledges each client with an id, by which the flow's end finds it again. */
export class SocketHub {
    #clients = new Map<string, WebSocket>();
    #server: WebSocketServer | undefined;

    /** Takes the handshake at `/`, the path that clients use by default; false for any other. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
        if ((request.url ?? '/').split('?', 1)[0] !== '/') return false;
        this.#server ??= new (requireLater('ws') as typeof import('ws')).WebSocketServer({ noServer: true, maxPayload: 1024 });
        this.#server.handleUpgrade(request, socket, head, (client) => {
            // Unguessable: whoever knows the id hears how the flow ended.
            const id = randomUUID();
            this.#clients.set(id, client);
            client.on('close', () => this.#clients.delete(id));
            client.on('error', () => client.terminate());
            client.send(JSON.stringify({ message_type: 'connection_ack', ws_client_id: id }));
        });
        return true;
    }

    /** A client that is gone or was never there hears nothing. */
    notify(clientId: string | undefined, message: SocketMessage): void {
        const client = clientId === undefined ? undefined : this.#clients.get(clientId);
        client?.send(JSON.stringify(message), () => client.close());
    }

    /** End every connection, so that the server can close. */
    close(): void {
        for (const client of this.#clients.values()) client.terminate();
        this.#clients.clear();
    }
}

import type { EmulatorContext } from '../context.js';
import { NotFoundError } from '../errors/coded-error.js';
import { jsonResponse } from '../http/json-response.js';
import type { Routes } from '../http/routes.js';
import { describeDelivery, describeRequest } from './describe-detail.js';
import { describeStatus } from './describe-status.js';
import { statusPage } from './status-page.js';

/** The page at `/`, what it shows, and the stream that makes it look again. */
export function registerStatusPage(routes: Routes, context: EmulatorContext): void {
    routes.hono.get('/', () => statusPage());
    routes.hono.get('/_emulator/status', (c) => jsonResponse(200, describeStatus(context, new URL(c.req.url).searchParams)));
    const found = (what: unknown) => {
        if (what === undefined) throw new NotFoundError('This is not kept any more.');
        return jsonResponse(200, what);
    };
    routes.hono.get('/_emulator/status/requests/:id', (c) => found(describeRequest(context, Number(c.req.param('id')))));
    routes.hono.get('/_emulator/status/deliveries/:id', (c) => found(describeDelivery(context, c.req.param('id'))));
    routes.hono.get('/_emulator/events', () => {
        const encoder = new TextEncoder();
        let stop = () => {};
        const stream = new ReadableStream<Uint8Array>({
            start(controller) {
                controller.enqueue(encoder.encode('retry: 1000\ndata: hello\n\n'));
                stop = context.feed.watch(() => controller.enqueue(encoder.encode('data: changed\n\n')));
            },
            cancel() {
                stop();
            },
        });
        return new Response(stream, {
            headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' },
        });
    });
}

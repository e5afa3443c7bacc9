import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '../state/request-log.js';
import type { WebhookDelivery } from '../webhooks/webhook-sender.js';
import { deliveryMatches, filterOf, pick, requestMatches } from './log-filter.js';

const request = (line: string, status: number, connection: string | null = null) => {
    const [method = '', path = '', query = ''] = line.split(' ');
    return {
        entry: { method, path, query, status },
        detail: { integration: connection && 'github', connection },
    } as LoggedRequest;
};
const log = [
    request('GET /records ?model=Issue', 200, 'octo'),
    request('GET /connections/nobody', 404, 'nobody'),
    request('POST /connect/sessions', 201),
    request('POST /proxy/items', 503, 'octo'),
];
const wanted = (query: string) => filterOf(new URLSearchParams(query), '');
const found = (query: string) =>
    pick(log, requestMatches(wanted(query)), 50).found.map(({ entry }) => `${entry.method} ${entry.path}`);

describe('requests', () => {
    test.each([
        ['', ['POST /proxy/items', 'POST /connect/sessions', 'GET /connections/nobody', 'GET /records']],
        ['status=404', ['GET /connections/nobody']],
        ['status=2xx', ['POST /connect/sessions', 'GET /records']],
        ['status=5XX', ['POST /proxy/items']],
        ['status=error', ['POST /proxy/items', 'GET /connections/nobody']],
        ['path=CONNECT', ['POST /connect/sessions', 'GET /connections/nobody']],
        ['path=post /connect', ['POST /connect/sessions']],
        ['path=model=issue', ['GET /records']],
        ['path=get*nobody', ['GET /connections/nobody']],
        ['path=nobody*get', []],
        ['path=***', ['POST /proxy/items', 'POST /connect/sessions', 'GET /connections/nobody', 'GET /records']],
        ['connection=octo', ['POST /proxy/items', 'GET /records']],
        ['connection=github/octo&status=503', ['POST /proxy/items']],
        ['status=bogus', []],
    ])('%s', (query, lines) => {
        expect(found(query)).toEqual(lines);
    });
});

test('deliveries by their state, by what was answered, by type, address and connection', () => {
    const delivery = (id: string, type: string, status: string, answered: number | null, connectionId?: string) =>
        ({
            id,
            type,
            url: 'http://127.0.0.1:1/hook',
            status,
            attempts: [{ status: answered }],
            body: { connectionId },
        }) as WebhookDelivery;
    const all = [
        delivery('1', 'auth', 'delivered', 200, 'octo'),
        delivery('2', 'sync', 'failed', 401),
        delivery('3', 'sync', 'pending', null),
    ];
    const ids = (query: string) => pick(all, deliveryMatches(wanted(query)), 50).found.map(({ id }) => id);
    expect(ids('status=failed')).toEqual(['2']);
    expect(ids('status=4xx')).toEqual(['2']);
    expect(ids('path=sync')).toEqual(['3', '2']);
    expect(ids('path=auth*hook')).toEqual(['1']);
    expect(ids('connection=octo')).toEqual(['1']);
});

test('the newest, and how many there are of all that is kept', () => {
    expect(pick([1, 2, 3, 4], (number) => number !== 4, 2)).toEqual({ found: [3, 2], matching: 3 });
    for (const rows of ['', '0', '-1', 'x', '1.5']) expect(filterOf(new URLSearchParams({ rows }), '').rows, rows).toBe(50);
    expect(filterOf(new URLSearchParams('delivery_rows=9999'), 'delivery_').rows).toBe(1000);
});

import { count } from '../describe.js';
import type { Tour } from '../tour.js';
import type { World } from '../world.js';

interface Answer {
    status: number;
    // biome-ignore lint/suspicious/noExplicitAny: whatever the route answers
    body: any;
}

/** The same through the example app's own routes, as its page would. */
export async function appSection(tour: Tour, { appUrl, delivery }: World): Promise<void> {
    tour.section('The example app, which does all of this for its users');
    await delivery('sync');
    const call = (
        path: string,
        init: RequestInit & { headers?: Record<string, string> },
        describe: (body: Answer['body']) => string,
    ) => {
        const request = `${init.method ?? 'GET'} ${path}`;
        return tour.step(
            request,
            async (): Promise<Answer> => {
                const response = await fetch(appUrl + path, { ...init, headers: { ...init.headers, origin: appUrl } });
                const body = response.status === 204 ? null : await response.json();
                if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
                return { status: response.status, body };
            },
            ({ body }) => describe(body),
            ({ status }) => ({ request: '(the app)', status: String(status) }),
        );
    };
    await call('/api/connections/hubspot/session', { method: 'POST' }, () => 'createConnectSession for the logged-in user');
    await call('/api/connections', {}, ({ integrations }) =>
        count(
            'integration',
            integrations.map(
                (one: { integrationId: string; connected: boolean }) => `${one.integrationId} ${one.connected ? '✓' : '–'}`,
            ),
        ),
    );
    await call('/api/contacts', {}, ({ contacts }) =>
        count(
            'contact',
            contacts.map(({ name }: { name: string }) => name),
        ),
    );
    await call(
        '/api/issues',
        {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ title: 'Analytical engine runs hot' }),
        },
        ({ number }) => `issue #${number}, by triggerAction`,
    );
    const form = new FormData();
    form.set('file', new File([new Uint8Array(20_000)], 'drawing.png', { type: 'image/png' }));
    await call('/api/files', { method: 'POST', body: form }, ({ name, size }) => `${name}, ${size} bytes, through the proxy`);
}

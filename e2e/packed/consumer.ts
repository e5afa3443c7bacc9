// What a user's TypeScript sees: compiled against the packed declarations, with every version of TypeScript and both resolutions.
import { Actions } from '@x/actions';
import { ConnectSessions } from '@x/connect';
import { Connections } from '@x/connections';
import { type CallOptions, NangoApiError, NangoError, NangoRateLimitError, type NangoResponse } from '@x/core';
import { Integrations } from '@x/integrations';
import { isReconnectRequired, Nango, type NangoOptions } from '@x/node';
import { ProxyCalls } from '@x/proxy';
import { Records, Syncs } from '@x/syncs';
import { parseWebhook, signWebhook, Webhooks } from '@x/webhooks';
import { createWebhookHandler } from '@x/webhooks/fetch';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_T extends true>(): void => undefined;

interface Contact {
    id: string;
    email: string;
}

const options: NangoOptions = { apiKey: 'k', retry: { limit: 2 }, rateLimit: { maxWait: 0 }, timeout: 1000 };
export const nango = new Nango(options);

export class Sub extends Nango {
    async first(): Promise<string> {
        return (await this.listConnections()).connections[0]?.connection_id ?? '';
    }
}

export async function typed(): Promise<void> {
    const { records } = await nango.listRecords<Contact>({ providerConfigKey: 'a', connectionId: 'b', model: 'Contact' });
    is<Equal<(typeof records)[number]['email'], string>>();
    for await (const record of nango.iterateRecords<Contact>({ providerConfigKey: 'a', connectionId: 'b', model: 'Contact' }))
        is<Equal<typeof record.email, string>>();

    const metadata = await nango.getMetadata<{ plan: string }>('a', 'b');
    is<Equal<typeof metadata.plan, string>>();

    const output = await nango.triggerAction<{ name: string }, { id: number }>('a', 'b', 'c', { name: 'x' });
    is<Equal<typeof output.id, number>>();

    const answer = await nango.get<{ login: string }>({ endpoint: '/user', providerConfigKey: 'a', connectionId: 'b' });
    is<Equal<typeof answer, NangoResponse<{ login: string }>>>();

    await nango.listConnections({ userId: 'u', page: 2 });
    const perCall: CallOptions = { signal: new AbortController().signal, timeout: 100 };
    await nango.getConnection('a', 'b', { forceRefresh: true, ...perCall });

    // @ts-expect-error an id is a string
    await nango.getConnection('a', 1);
    // @ts-expect-error no such option
    new Nango({ apiKey: 'k', retries: 3 });
}

export function told(error: unknown): number | undefined {
    if (NangoError.isInstance(error) && error instanceof NangoRateLimitError) return error.retryAfter;
    if (error instanceof NangoApiError) return error.response.status;
    return isReconnectRequired(error) ? 401 : undefined;
}

export async function hook(request: Request, signingKey: string): Promise<string> {
    const event = parseWebhook(await request.text(), request.headers, { signingKey });
    if (event.type === 'sync' && event.success) return event.model;
    return signWebhook({ type: event.type }, { signingKey }).body;
}

export const single = [
    new Actions(options),
    new Connections(nango),
    new ConnectSessions(options),
    new Integrations(options),
    new ProxyCalls(options),
    new Records(options),
    new Syncs(options),
    new Webhooks({ webhookSigningKey: 'k' }),
    createWebhookHandler,
];

import type { RequestDetail, RequestLog } from '../state/request-log.js';
import type { AppContext } from './app-env.js';
import { headerPairs } from './whole-response.js';

/** What the log keeps of a request and its answer beside the line about it. Cheap: nothing is parsed, copied or masked until someone looks. */
export function captureExchange(c: AppContext, response: Response, requests: RequestLog): RequestDetail {
    const answer = requests.kept(response);
    const header = (name: string) => c.req.raw.headers.get(name);
    const query = (...names: string[]) => names.map((name) => c.req.query(name)).find(Boolean);
    const sent = c.get('body') as Record<string, unknown> | undefined;
    const given = (...names: string[]) =>
        names.map((name) => sent?.[name]).find((value): value is string => typeof value === 'string');
    const made = () =>
        c.req.method === 'POST' ? /"connection_?id":"([^"\\]{1,500})"/i.exec(answer?.text ?? '')?.[1] : undefined;
    return {
        integration:
            header('provider-config-key') ??
            query('provider_config_key', 'integration_id') ??
            given('provider_config_key', 'integration_id') ??
            /^\/(?:integrations|config|oauth\/connect|oauth2\/auth|api-auth\/[^/]+|auth\/[^/]+)\/([^/]+)/.exec(decoded(c))?.[1] ??
            null,
        connection:
            header('connection-id') ??
            query('connection_id', 'connectionId') ??
            given('connection_id') ??
            /^\/connections?\/([^/]+)/.exec(decoded(c))?.[1] ??
            made() ??
            null,
        headers: headersOf(c),
        body: requests.kept(c.req.raw),
        answerHeaders: headerPairs(response),
        answer,
    };
}

function decoded(c: AppContext): string {
    try {
        return decodeURIComponent(c.req.path);
    } catch {
        return c.req.path;
    }
}

/** In the order and spelling in which they came, where Node says it. */
function headersOf(c: AppContext): [string, string][] {
    const raw = c.env?.incoming?.rawHeaders;
    if (!raw) return [...c.req.raw.headers];
    const pairs: [string, string][] = [];
    for (let at = 0; at < raw.length; at += 2) pairs.push([raw[at] as string, raw[at + 1] as string]);
    return pairs;
}

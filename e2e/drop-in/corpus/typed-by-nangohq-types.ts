import type * as Client from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type {
    ApiPublicAllAuthCredentials,
    ApiPublicConnection,
    ApiPublicConnectionFull,
    GetPublicConnection,
    GetPublicIntegration,
    NangoAuthWebhookBody,
    NangoSyncWebhookBody,
    PostConnectSessions,
} from '@nangohq/types';
import type { Sites, World } from './world.js';

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host });

/** A repository of a project that types what it keeps by the vendor's types. */
const kept: ApiPublicConnectionFull[] = [];
const keep = (connection: GetPublicConnection['Success']) => kept.push(connection);
const secretOf = (credentials: ApiPublicAllAuthCredentials) => ('apiKey' in credentials ? credentials.apiKey : credentials.type);

export const forward = (body: Client.NangoWebhookBody): NangoAuthWebhookBody | NangoSyncWebhookBody => body;

export const sites: Sites = {
    'a connection is kept': async (world) => {
        keep(await client(world).getConnection('key-api', 'k1'));
        return kept.map(({ connection_id, credentials }) => [connection_id, secretOf(credentials)]);
    },
    'a list is': async (world) => {
        const list: ApiPublicConnection[] = (await client(world).listConnections({ limit: 5 })).connections;
        return list.map(({ connection_id }) => connection_id).sort();
    },
    'a token': async (world) => {
        const token = await client(world).getToken('key-api', 'k1');
        if (typeof token === 'string' || 'oAuthToken' in token) return 'OAuth';
        return secretOf(token as ApiPublicAllAuthCredentials);
    },
    'an integration': async (world) => {
        const answer: GetPublicIntegration['Success'] = await client(world).getIntegration({ uniqueKey: 'key-api' });
        return answer.data.provider;
    },
    'a session, its body changed on the way': async (world) => {
        const body: PostConnectSessions['Body'] = { end_user: { id: 'user-1' }, allowed_integrations: [] };
        body.allowed_integrations?.push('key-api');
        body.end_user = { ...body.end_user, id: 'user-2', email: 'two@example.com' };
        const { data }: PostConnectSessions['Success'] = await client(world).createConnectSession(body);
        return [typeof data.token, data.connect_link.includes(data.token)];
    },
    'a session to reconnect': async (world) => {
        const { data } = await client(world).createReconnectSession({ connection_id: 'k1', integration_id: 'key-api' });
        return Object.keys(data).sort();
    },
};

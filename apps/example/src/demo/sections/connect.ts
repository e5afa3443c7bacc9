import type { Tour } from '../tour.js';
import { ada, type World } from '../world.js';

/** Ids of the connections that the later sections work with. */
export interface Connected {
    readonly hubspot: string;
    readonly github: string;
    /** A second HubSpot connection, of another user. */
    readonly other: string;
}

/** A user connects accounts, and connects one again. */
export async function connectSection(tour: Tour, world: World): Promise<Connected> {
    const { nango, emulator } = world;
    tour.section('A user connects her accounts');
    const { data } = await tour.step(
        'createConnectSession({ end_user })',
        () =>
            nango.createConnectSession({
                end_user: { id: ada.id, email: ada.email, display_name: ada.name },
                organization: { id: ada.organization.id, display_name: ada.organization.name },
                allowed_integrations: ['hubspot', 'github'],
                integrations_config_defaults: { hubspot: { connection_config: { region: 'eu' } } },
            }),
        ({ data }) => `a link for the browser, good until ${data.expires_at.slice(11, 16)} UTC`,
    );
    const hubspot = await approve(world, data.token, 'hubspot');
    const github = await approve(world, data.token, 'github');
    tour.note('Ada opens the link and says yes to HubSpot and GitHub.');
    await tour.step(
        'waitForConnection(id, userId)',
        () => nango.waitForConnection('hubspot', ada.id),
        (connection) => `connected, tags.end_user_id is “${connection.tags.end_user_id}”`,
    );
    const again = await tour.step(
        'createReconnectSession({ … })',
        () =>
            nango.createReconnectSession({
                connection_id: hubspot,
                integration_id: 'hubspot',
                keepTags: true,
            }),
        ({ data }) => `a link for new credentials, until ${data.expires_at.slice(11, 16)} UTC`,
    );
    await emulator.control.connect({ token: again.data.token, integrationId: 'hubspot', approve: true });
    tour.note('Ada says yes once more: the connection keeps its id.');

    const grace = await nango.createConnectSession({ end_user: { id: 'grace', email: 'grace@example.com' } });
    const other = await approve(world, grace.data.token, 'hubspot');
    return { hubspot, github, other };
}

/** What a person does on the Connect page, without a browser. */
async function approve({ emulator }: World, token: string, integrationId: string): Promise<string> {
    return (await emulator.control.connect({ token, integrationId, approve: true })).connectionId;
}

import { isReconnectRequired } from '@x/node';
import { nango } from './nango.js';

/** A token, or the link that the user has to open first. */
export async function tokenOrLink(connectionId: string) {
    try {
        return { token: await nango.getToken('hubspot', connectionId) };
    } catch (error) {
        if (!isReconnectRequired(error)) throw error;
        // Without `keepTags` the connection would lose its tags, and nothing would say any more whose it is.
        const { data } = await nango.createReconnectSession({
            connection_id: connectionId,
            integration_id: 'hubspot',
            keepTags: true,
        });
        return { link: data.connect_link };
    }
}

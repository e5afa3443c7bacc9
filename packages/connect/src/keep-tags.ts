import { type CallOptions, call, type EndUser, type EndUserInput, type OrganizationInput } from '@x/core';
import { requireId } from '@x/core/internal';
import type { ReconnectSessionInput } from './connect-session.js';
import { connectionToKeep as operation } from './operations.js';

interface Known {
    connection_id: string;
    provider_config_key: string;
    end_user: EndUser | null;
    tags: Record<string, string> | null;
}

/**
 * A reconnect session's body with what the connection has now: the server gives the connection the session's tags and no others (contract
 * 15.2). What the body says itself wins. Of a connection that is not there nothing is kept, and the server says so.
 */
export async function keepTags(
    client: object,
    body: Omit<ReconnectSessionInput, 'keepTags'>,
    options: CallOptions | undefined,
): Promise<Omit<ReconnectSessionInput, 'keepTags'>> {
    const connectionId = requireId(body.connection_id, 'connection_id', operation.name);
    const integrationId = requireId(body.integration_id, 'integration_id', operation.name);
    const input = { query: { connectionId, integrationId }, options };
    const { connections } = await call<{ connections: Known[] }>(client, operation, input);
    const known = connections.find((one) => one.provider_config_key === integrationId && one.connection_id === connectionId);
    if (!known) return body;
    const end_user = body.end_user ?? inputOf(known.end_user);
    const organization = body.organization ?? organizationOf(known.end_user);
    const tags = { ...keptOf(known.tags ?? {}, body, end_user, organization), ...body.tags };
    return {
        ...body,
        ...(end_user && { end_user }),
        ...(organization && { organization }),
        ...(Object.keys(tags).length > 0 && { tags }),
    };
}

/**
 * Which tags are sent as such: not those that the server makes of the end user and the organization anyway, since it takes ten; nor those of
 * a former user; nor those that the body gives anew, in whatever case.
 */
function keptOf(
    tags: Record<string, string>,
    body: ReconnectSessionInput,
    end_user: EndUserInput | undefined,
    organization: OrganizationInput | undefined,
): Record<string, string> {
    const made: Record<string, string | undefined> = {
        end_user_id: end_user?.id,
        end_user_email: end_user?.email,
        end_user_display_name: end_user?.display_name,
        organization_id: organization?.id,
        organization_display_name: organization?.display_name,
    };
    const anew = new Set(Object.keys(body.tags ?? {}).map((name) => name.toLowerCase()));
    const replaced = (name: string) => name in made && Boolean(name.startsWith('end') ? body.end_user : body.organization);
    return Object.fromEntries(
        Object.entries(tags).filter(([name, value]) => !anew.has(name) && !replaced(name) && made[name]?.slice(0, 255) !== value),
    );
}

function inputOf(user: EndUser | null): EndUserInput | undefined {
    if (!user) return undefined;
    const { id, email, display_name, tags } = user;
    return { id, ...(email && { email }), ...(display_name && { display_name }), ...(tags && { tags }) };
}

function organizationOf(user: EndUser | null): OrganizationInput | undefined {
    if (!user?.organization) return undefined;
    const { id, display_name } = user.organization;
    return { id, ...(display_name && { display_name }) };
}

import type { EndUser } from './connection-row.js';

/** An end user as a request gives it (contract 4). */
export interface EndUserInput {
    id: string;
    email?: string | undefined;
    display_name?: string | undefined;
    tags?: Record<string, string> | undefined;
}

/** An organization as a request gives it (contract 4). */
export interface OrganizationInput {
    id: string;
    display_name?: string | undefined;
}

const tagKey = /^[a-z][a-z0-9_\-./]*$/i;

/** The end user as it is kept, and as answers show it. */
export function toEndUser(endUser: EndUserInput | undefined, organization?: OrganizationInput): EndUser | null {
    if (!endUser) return null;
    return {
        id: endUser.id,
        display_name: endUser.display_name || null,
        email: endUser.email ?? null,
        tags: endUser.tags ?? null,
        organization: organization ? { id: organization.id, display_name: organization.display_name ?? null } : null,
    };
}

/**
 * Tags as they are stored: the explicit ones, the end user's own, then those made of the end user and the organization; the first of a
 * name wins. Empty values are skipped,
 * long ones cut, bad keys of the end user's own tags dropped, all of those when there would be more than 10 (contract 4).
 */
export function connectionTags(
    endUser: EndUserInput | undefined,
    organization: OrganizationInput | undefined,
    explicit: Record<string, string> | undefined,
): Record<string, string> {
    const generated: Record<string, string> = {};
    const put = (key: string, value: string | undefined) => {
        if (value) generated[key] = value.slice(0, 255);
    };
    put('end_user_id', endUser?.id);
    put('end_user_email', endUser?.email);
    put('end_user_display_name', endUser?.display_name);
    put('organization_id', organization?.id);
    put('organization_display_name', organization?.display_name);
    const own: Record<string, string> = {};
    for (const [key, value] of Object.entries(endUser?.tags ?? {})) {
        const lower = key.toLowerCase().slice(0, 64);
        if (value && tagKey.test(lower)) own[lower] = value.slice(0, 255);
    }
    const tags = merged([explicit, own, generated]);
    return Object.keys(tags).length > 10 ? merged([explicit, generated]) : tags;
}

function merged(parts: (Record<string, string> | undefined)[]): Record<string, string> {
    const tags: Record<string, string> = {};
    for (const part of parts) for (const [key, value] of Object.entries(part ?? {})) tags[key] ??= value;
    return tags;
}

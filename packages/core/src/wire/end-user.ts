/** Your user, as the API returns it with a connection or a connect session. */
export interface EndUser {
    id: string;
    display_name: string | null;
    email: string | null;
    tags: Record<string, string> | null;
    organization: { id: string; display_name: string | null } | null;
}

/** Your user, as a connection or a connect session is made for it. */
export interface EndUserInput {
    /** 1 to 255 characters. */
    id: string;
    email?: string | undefined;
    /** Up to 255 characters. */
    display_name?: string | undefined;
    /** Up to 10 tags; values of up to 255 characters. */
    tags?: Record<string, string> | undefined;
}

/** The organization of an end user, as a connect session takes it. */
export interface OrganizationInput {
    /** Up to 255 characters. */
    id: string;
    /** Up to 255 characters. */
    display_name?: string | undefined;
}

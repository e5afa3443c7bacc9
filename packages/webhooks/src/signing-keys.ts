/**
 * What signatures are checked with: the environment's webhook signing key, which is not the API key.
 * During a rotation give the old and the new key: either is accepted.
 */
export interface SigningKeys {
    /** The webhook signing key. `undefined` is allowed so that an environment variable can be passed: then nothing verifies. */
    readonly signingKey?: string | undefined;
    /** Several keys, any of which may have signed. */
    readonly signingKeys?: readonly (string | undefined)[] | undefined;
}

/** The keys that are set. */
export function listKeys(keys: SigningKeys | undefined): string[] {
    return [keys?.signingKey, ...(keys?.signingKeys ?? [])].filter((key) => typeof key === 'string' && key !== '') as string[];
}

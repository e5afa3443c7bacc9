import { NangoWebhookError } from './webhook-error.js';

/**
 * What signatures are checked with: the environment's webhook signing key, which is not the API key.
 * During a rotation give the old and the new key: either is accepted. A key with white space around it is refused.
 */
export interface SigningKeys {
    /** The webhook signing key. `undefined` is allowed so that an environment variable can be passed: then nothing verifies, with one warning per process. */
    readonly signingKey?: string | undefined;
    /** Several keys, any of which may have signed. */
    readonly signingKeys?: readonly (string | undefined)[] | undefined;
}

/**
 * The keys that are set.
 * @throws {NangoWebhookError} `bad_signing_key`, for keys that nothing of Nango's was signed with.
 */
export function listKeys(keys: SigningKeys | undefined): string[] {
    const { signingKey, signingKeys = [] } = keys ?? {};
    // Of a text each letter would be a key, and whoever guesses one could sign.
    if (!Array.isArray(signingKeys)) throw badKey('signingKeys must be an array');
    return [signingKey, ...signingKeys].filter((key) => {
        if (key && key !== key.trim?.()) throw badKey('A signing key must be text without white space around it');
        return key;
    }) as string[];
}

const badKey = (message: string) => new NangoWebhookError('bad_signing_key', `${message}.`);

import { equals, hmacSha256, signed } from '#hmac';
import { headerValue } from './header-value.js';
import { isParsed, toBytes } from './raw-body.js';
import { listKeys, type SigningKeys } from './signing-keys.js';
import { NangoWebhookError } from './webhook-error.js';

/** The header that counts. The older `X-Nango-Signature` is open to length extension and is never accepted here. */
export const hmacHeader = 'x-nango-hmac-sha256';

/**
 * Finds the bytes of a body and checks that they carry a valid signature.
 * @returns The bytes that were signed.
 * @throws {NangoWebhookError} When they don't.
 */
export function authenticate(rawBody: unknown, headers: unknown, keys: SigningKeys): Uint8Array {
    const received = receivedSignature(headers, keys);
    const bytes = toBytes(rawBody);
    if (
        bytes &&
        isOneOf(
            listKeys(keys).map((key) => hmacSha256(key, bytes)),
            received,
        )
    )
        return bytes;
    throw refusalOf(rawBody, bytes, headers);
}

/**
 * As {@link authenticate}, for handlers.
 * @param advice What usually reads the body first where this runs.
 */
export async function authenticated(rawBody: unknown, headers: unknown, keys: SigningKeys, advice: string): Promise<Uint8Array> {
    const received = receivedSignature(headers, keys);
    const bytes = toBytes(rawBody);
    if (bytes && isOneOf(await Promise.all(listKeys(keys).map((key) => signed(key, bytes))), received)) return bytes;
    throw refusalOf(rawBody, bytes, headers, advice);
}

/** Every one is compared, so that the time does not reveal which key it was. */
function isOneOf(signatures: string[], received: string): boolean {
    return signatures.reduce((matches, signature) => equals(signature, received) || matches, false);
}

/** Why a body carries no valid signature. */
function refusalOf(rawBody: unknown, bytes: Uint8Array | undefined, headers: unknown, advice?: string): NangoWebhookError {
    const length = headerValue(headers, 'content-length');
    // HTTP/2 needs neither of the two other headers for a body.
    const sent = +(length ?? 0) || headerValue(headers, 'transfer-encoding') || headerValue(headers, ':method');
    // Bytes that are not as many as were sent are not those that were signed.
    if (sent && (!bytes?.length || isParsed(rawBody) || (length && +length !== bytes.length))) return consumed(advice);
    if (!bytes?.length) {
        return new NangoWebhookError(
            'missing_body',
            'There is no body to verify: it is empty, something read it before, or a promise or stream was passed.',
        );
    }
    return new NangoWebhookError(
        'bad_signature',
        'The signature does not match. Usual causes: the body was parsed and serialised again (the raw body is needed), or the key is ' +
            "not the environment's webhook signing key (the API key is another; quotes and white space count).",
    );
}

/** The sender sent a body, and the receiver's own code keeps it from being verified. */
export const consumed = (advice = 'Pass the bytes as they arrived.') =>
    new NangoWebhookError('body_consumed', `Something read or parsed the body before it could be verified. ${advice}`);

/** The signature that came with a request; can be asked before the body is read. */
export function receivedSignature(headers: unknown, keys: SigningKeys): string {
    if (listKeys(keys).length === 0) {
        throw new NangoWebhookError(
            'no_signing_key',
            'No webhook signing key is set. It is in the environment settings of Nango and is not the API key.',
        );
    }
    const received = headerValue(headers, hmacHeader);
    if (received) return received.toLowerCase();
    throw new NangoWebhookError(
        'missing_header',
        'The X-Nango-Hmac-Sha256 header is missing: the request is not from Nango, or something on the way removed it. The older ' +
            'X-Nango-Signature alone is not enough.',
    );
}

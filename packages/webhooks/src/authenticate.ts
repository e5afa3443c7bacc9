import { equals, hmacSha256 } from '#hmac';
import { headerValue } from './header-value.js';
import { type ReceivedBody, receivedBody } from './raw-body.js';
import { listKeys, type SigningKeys } from './signing-keys.js';
import { NangoWebhookError } from './webhook-error.js';

/** The header that counts. The older `X-Nango-Signature` is open to length extension and is never accepted here. */
export const hmacHeader = 'x-nango-hmac-sha256';

/** Reads a header of the request; `name` in lower case. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * Finds the bytes of a body and checks that they carry a valid signature.
 * @returns The bytes that were signed.
 * @throws {NangoWebhookError} When they don't.
 */
export function authenticate(rawBody: unknown, headers: unknown, signingKeys: SigningKeys): Uint8Array {
    const header: ReadHeader = (name) => headerValue(headers, name);
    const keys = listKeys(signingKeys);
    const received = receivedSignature(header, keys);
    const body = receivedBody(rawBody);
    const { bytes } = body;
    const signatures = bytes ? keys.map((key) => hmacSha256(key, bytes)) : [];
    if (bytes && isOneOf(signatures, received)) return bytes;
    throw unverified(body, header, 'Pass the bytes as they arrived.');
}

/** Every one is compared, so that the time does not reveal which key it was. */
export const isOneOf = (signatures: string[], received: string): boolean =>
    signatures.reduce((matches, signature) => equals(signature, received) || matches, false);

/**
 * Why a body carries no valid signature.
 * @param advice What usually reads the body first where this runs.
 */
export function unverified({ bytes, parsed }: ReceivedBody, header: ReadHeader, advice: string): NangoWebhookError {
    const length = header('content-length');
    // HTTP/2 needs neither of the two other headers for a body.
    const sent = +(length ?? 0) || header('transfer-encoding') || header(':method');
    // Bytes that are not as many as were sent are not those that were signed.
    if (sent && (!bytes?.length || parsed || (length && +length !== bytes.length))) return consumed(advice);
    return bytes?.length
        ? new NangoWebhookError(
              'bad_signature',
              'The signature does not match. Usual causes: the body was parsed and serialised again (pass the raw body), or the key is ' +
                  "not the environment's webhook signing key (the API key is another; quotes and white space count).",
          )
        : new NangoWebhookError(
              'missing_body',
              'There is no body to verify: it is empty, something read it before, or a promise or stream was passed.',
          );
}

/** The sender sent a body, and the receiver's own code keeps it from being verified. */
export const consumed = (advice: string) =>
    new NangoWebhookError('body_consumed', `Something read or parsed the body before it could be verified. ${advice}`);

/** The signature that came with a request; can be asked before the body is read. */
export function receivedSignature(header: ReadHeader, keys: readonly string[]): string {
    if (keys.length === 0) {
        throw new NangoWebhookError(
            'no_signing_key',
            'No webhook signing key is set. It is in the environment settings of Nango and is not the API key.',
        );
    }
    const received = header(hmacHeader);
    if (received) return received.toLowerCase();
    throw new NangoWebhookError(
        'missing_header',
        'The X-Nango-Hmac-Sha256 header is missing: the request is not from Nango, or a proxy removed it. X-Nango-Signature ' +
            'alone is not enough.',
    );
}

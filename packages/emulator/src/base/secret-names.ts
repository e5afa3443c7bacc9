/** Names of fields whose values are secrets. */
const secretName =
    /token|secret|hmac|passw|passphrase|pwd|(?:api|private|dev|access|signing|public|shared|client)_?-?key|credential|signature|authori[sz]ation|cookie|jwt|bearer|assertion|certificate|verifier|auth_?code|session_?id|^(?:pat|sig|auth|pin|otp)$/i;
/** Names that look like those and are not. */
const harmlessName =
    /(?:page|sync|next|continuation|resume)_?token|tokens?_?(?:used|count|type|url|endpoint|method|name)|(?:type|_url|Url|_at|At|_in|In|_method|_count|_params|_fields?|_count)$|^credentials?$/;

/** Whether a field of this name holds a secret. */
export const isSecret = (name: string): boolean => secretName.test(name) && !harmlessName.test(name);

/** Addresses carry secrets under more names than bodies do, and are written into more logs. */
const secretInAddress = /token|secret|hmac|password|key|credential|code|state/i;
const harmlessInAddress = new Set(['provider_config_key']);

/** Whether a value of this name in a query holds a secret. */
export const isSecretInQuery = (name: string): boolean =>
    isSecret(name) || (secretInAddress.test(name) && !harmlessInAddress.has(name));

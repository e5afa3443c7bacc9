/** The words that {@link isSecretName} reads names by, as data. All in lower case, without digits. */

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Nouns that are secrets whatever stands before them. */
export const ALWAYS: ReadonlySet<string> = words(`
    secret secrets password passwords passwd passwds passwrd passwort passphrase passphrases passcode passcodes passkey pwd pswd psw pw
    credential credentials cred creds jwt jwts jwe bearer authorization authorisation cookie csrf xsrf assertion samlresponse mnemonic
    verifier hmac otp totp cvv cvc phpsessid jsessionid sessid`);

/** What a name may end with and still hold the secret itself: `access_token_value`, `secret_key_v2`, `password_hash`. */
export const ENDINGS: ReadonlySet<string> = words(`
    value values val text plain plaintext raw pem der data base hex b encoded encrypted cipher ciphertext string str old new current previous
    prev original test live prod production sandbox staging confirm confirmation confirmed repeat again verify hash hashed digest salt v content
    contents body json blob input default secondary sha`);

/** Keys that are secrets by what they are for. Any other key (primary, sort, cache, project, public …) is none. */
export const SECRET_KEYS: ReadonlySet<string> = words(`
    api secret secrets private access signing sign signature encryption encrypt encrypting decryption decrypt cipher master dev developer auth
    authentication authorization oauth shared webhook account subscription license licence session hmac aes rsa symmetric server functions admin root
    stream write deploy bot sas recovery service app application client consumer integration tls ssl wrapping kek dek jwt activation security
    management verification ingest ingestion password credential bearer certificate cert wrapped`);

/** Tokens that are none: places in a list, pieces of a text, counts. */
export const HARMLESS_TOKENS: ReadonlySet<string> = words(`
    page next prev previous continuation continue cursor sync pagination paging resume resumption start end stop eos bos pad unk sep cls mask
    unexpected expected design grid lexer delta change changes skip iterator scroll position offset first special word input output prompt
    completion per cost price max min num total nft native governance watermark history checkpoint list search marker`);

/** Tokens that are secrets in the plural, too; the others are counts and pieces of text: `max_tokens`, `design_tokens`. */
export const SECRET_TOKENS: ReadonlySet<string> = words(`
    access refresh auth authentication authorization api session bot bearer oauth id csrf xsrf security secret service personal deploy user admin app
    client device registration verification reset jwt webhook identity sas login private vault sso`);

/** Codes that let somebody in. */
export const SECRET_CODES: ReadonlySet<string> = words(
    'authorization auth oauth device otp mfa totp tfa factor recovery backup verification security sms login',
);

/** What makes a phrase one that lets somebody in. */
export const SECRET_PHRASES: ReadonlySet<string> = words('seed secret recovery pass backup mnemonic');

/** Whose `pass` it is. */
export const PASS_OF: ReadonlySet<string> = words(
    'db database user smtp mysql postgres pg sql admin ftp sftp ssh auth http login redis root mail imap mqtt proxy basic account ldap my',
);

/** Signatures that sign nothing. */
export const HARMLESS_SIGNATURES: ReadonlySet<string> = words('method function type email mail call html');

/** What stands in the place of a secret and says something about it. */
export const NO_SECRET =
    /^(?:invalid|missing|required|expired|unknown|revoked|rejected|blank|empty|null|none|nil|undefined|true|false|yes|no|ok|valid|string|number|integer|boolean|object|array|optional|unauthorized|unauthenticated|forbidden|denied|malformed|incorrect|wrong|taken|hidden|masked|bearer|basic|oauth2?|not[ _-](?:found|set|valid|allowed|provided)|too[ _-](?:short|long|weak|common)|(?:is|was) (?:invalid|missing|required|expired|revoked)|[*x•.]+|\[[\w ]+\])[.!]?$/i;

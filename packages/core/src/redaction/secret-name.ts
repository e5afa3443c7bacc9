import {
    ALWAYS,
    ENDINGS,
    HARMLESS_SIGNATURES,
    HARMLESS_TOKENS,
    PASS_OF,
    SECRET_CODES,
    SECRET_KEYS,
    SECRET_PHRASES,
    SECRET_TOKENS,
} from './secret-words.js';

/** Names are few and come again with every row of a body. */
const known = new Map<string, boolean>();

/**
 * Whether a field of this name holds a credential. Read word by word, in any spelling: `client_secret`, `X-Api-Key`, `userAccessToken`,
 * `AWSSecretKey`, `form[password]`. The last word says what it is (`api_key_id` is an id), those before say which.
 */
export function isSecretName(name: string): boolean {
    let secret = known.get(name);
    if (secret === undefined) {
        secret = decide(name);
        if (known.size > 5_000) known.clear();
        known.set(name, secret);
    }
    return secret;
}

/** Whether a token of these words is no credential though it is called one: a page token, an unexpected token. */
export function isHarmlessToken(qualifier: string): boolean {
    return HARMLESS_TOKENS.has(qualifier.toLowerCase());
}

function decide(name: string): boolean {
    const words = wordsOf(name);
    let end = words.length;
    while (end > 1 && ENDINGS.has(words[end - 1] as string)) end--;
    const last = words[end - 1];
    if (last === undefined) return false;
    return isSecret(last, words[end - 2], words.slice(0, end - 1));
}

function wordsOf(name: string): string[] {
    return name
        .slice(-96)
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
        .toLowerCase()
        .replace(/\d+/g, '')
        .split(/[^a-z]+/)
        .filter((word) => word !== '');
}

function isSecret(noun: string, before: string | undefined, all: readonly string[]): boolean {
    if (ALWAYS.has(noun)) return true;
    switch (noun) {
        case 'token':
            return before === undefined || !HARMLESS_TOKENS.has(before);
        case 'tokens':
            return before !== undefined && SECRET_TOKENS.has(before);
        case 'key':
        case 'keys':
            return before !== undefined && (SECRET_KEYS.has(before) || all.includes('secret') || all.includes('private'));
        case 'code':
        case 'codes':
            return before !== undefined && SECRET_CODES.has(before);
        case 'phrase':
            return before !== undefined && SECRET_PHRASES.has(before);
        case 'pass':
            return before === undefined || PASS_OF.has(before);
        case 'word':
        case 'words':
            return before === 'pass';
        case 'material':
            return before === 'key';
        case 'authentication':
            return before === 'x';
        case 'private':
            return before === 'rsa' || before === 'ec' || before === 'ed' || before === 'ssh' || before === 'pgp';
        case 'response':
            return before === 'saml';
        case 'auth':
            return before === 'basic' || before === 'http' || before === 'proxy' || before === 'x';
        case 'signature':
        case 'sig':
            return before === undefined || !HARMLESS_SIGNATURES.has(before);
        default:
            return isWrittenTogether(noun);
    }
}

/** `clientsecret`, `apikey`, `userpassword`: the same in one word. */
function isWrittenTogether(word: string): boolean {
    if (/(?:secrets?|passwords?|passwd|passphrase|passcode|credentials?|setcookie)$/.test(word) || word.includes('csrf'))
        return true;
    if (word.endsWith('pass') && PASS_OF.has(word.slice(0, -4))) return true;
    const [, before, noun] = /^(.*?)(token|key)s?$/.exec(word) ?? [];
    if (before === undefined || before === '') return false;
    const known = noun === 'token' ? SECRET_TOKENS : SECRET_KEYS;
    if (known.has(before)) return true;
    // `awsaccesskey`; of the short ones only whole words count: no `gridtoken`, no `snappykey`.
    for (const word of known) if (word.length > 3 && before.endsWith(word)) return true;
    return before.endsWith('api');
}

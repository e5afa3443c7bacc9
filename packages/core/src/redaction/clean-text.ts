import { redacted } from './redacted.js';
import { type Span, secretsInText, userInfo } from './secrets-in-text.js';
import { TOKEN_SHAPES } from './token-shapes.js';

/** Values that a call knows to be secret, ready to be looked for. */
export interface KnownValues {
    /** Taken out wherever they stand, the longest first. */
    readonly anywhere: readonly string[];
    /** Short ones, taken out as whole words: within a word they would blot out what has nothing to do with them. */
    readonly asWords: RegExp | undefined;
}

/** `Bearer <token>` and `Basic <user and password>` … */
const SCHEMES = /\b(?:Bearer|Basic)\s{1,8}([\w.~+/=-]{8,})/gi;
/** … but not what is said about them: `Bearer realm="x"`, `Basic authentication`. */
const SAID =
    /^(?:auth[a-z]{0,20}|credentials?|realms?|schemes?|challenges?|tokens?|headers?|(?:realm|error|error_description|error_uri|scope|charset|resource_metadata|authorization_uri)=.*)$/i;
const KEY_BEGIN = /-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----/g;

/** Takes out of a text: known values, private keys, well-known tokens, values under a secret's name, and credentials of headers and URLs. */
export function cleanText(text: string, known: KnownValues): string {
    let clean = withoutKnown(text, known);
    if (clean.length < 5) return clean;
    if (clean.includes('-----BEGIN ')) clean = replaceSpans(clean, privateKeys(clean));
    clean = clean.replace(TOKEN_SHAPES, redacted);
    clean = clean.replace(SCHEMES, (whole, value: string) => (SAID.test(value) ? whole : redacted));
    clean = replaceSpans(clean, secretsInText(clean));
    return clean.includes('://') ? replaceSpans(clean, passwords(clean)) : clean;
}

function withoutKnown(text: string, { anywhere, asWords }: KnownValues): string {
    let clean = text;
    for (const value of anywhere) if (clean.includes(value)) clean = clean.replaceAll(value, redacted);
    return asWords ? clean.replace(asWords, redacted) : clean;
}

function privateKeys(text: string): Span[] {
    const spans: Span[] = [];
    let done = 0;
    for (const { index, 0: begin } of text.matchAll(KEY_BEGIN)) {
        if (index < done) continue;
        const end = text.indexOf('-----END ', index + begin.length);
        const close = end < 0 ? -1 : text.indexOf('-----', end + 9);
        done = close < 0 ? text.length : close + 5;
        spans.push({ start: index, end: done });
    }
    return spans;
}

function replaceSpans(text: string, spans: readonly Span[]): string {
    if (spans.length === 0) return text;
    const parts: string[] = [];
    let done = 0;
    for (const { start, end } of spans) {
        parts.push(text.slice(done, start), redacted);
        done = end;
    }
    parts.push(text.slice(done));
    return parts.join('');
}

/** Passwords of URLs, and tokens in the place of a user name. */
function passwords(text: string): Span[] {
    return userInfo(text).flatMap(({ start, end }) => {
        const info = text.slice(start, end);
        const colon = info.indexOf(':');
        if (colon >= 0) return end > start + colon + 1 ? [{ start: start + colon + 1, end }] : [];
        // A user name says who; a token in its place lets somebody in.
        return /\d/.test(info) && info.length >= 16 ? [{ start, end }] : [];
    });
}

import { isHarmlessToken, isSecretName } from './secret-name.js';
import { NO_SECRET } from './secret-words.js';

/** Where a secret stands in a text: `end` is the first character after it. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

/** What every secret's name has in it somewhere; the whole name is looked at afterwards. */
const STEM =
    /secret|passw|passphrase|passcode|passkey|p(?:as)?swd|\bpw\b|\bpass\b|token|key|cred|cookie|authori[sz]ation|\bauth\b|bearer|jwt|jwe|assertion|verifier|signature|\bsig\b|csrf|xsrf|hmac|otp|code|phrase|samlresponse|mnemonic|sessid|cv[vc]\b/gi;
/** By character code: what names are made of, and what can part a name from its value. */
const IN_NAME = table('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$[]-');
const FOLLOWS = table(' \t\r\n"\'`\\%=:>');
const QUOTES = table('"\'\\');
/** A name's own quotes and brackets, and what parts it from its value. */
const SEPARATOR = /(?:\\*["'`]|%22)?\s{0,4}(?:=>?|:|%3D|%3A)\s{0,4}/iy;
/** `<string name="password">`. */
const NAMED_ELEMENT = /["'](?:\s[^<>]{0,64})?>(?:<!\[CDATA\[)?/y;
const XML_TAG_END = /(?:\s[^<>]{0,256})?>(?:\s{0,8}<!\[CDATA\[)?/y;
/** `name="password"`, an empty line, the value: a field of a multipart form. */
const MULTIPART = /"(?:;[^\r\n]{0,256})?\r?\n(?:[^\r\n]{1,256}\r?\n){0,3}\r?\n/y;
/** `"name":"password","value":`, `name="password" value=`. */
const NEXT_VALUE = /\\*["']\s{0,4},?\s{0,4}\\*["']?(?:value|val|content)\\*["']?\s{0,4}[:=]\s{0,4}/iy;
/** `API key provided: abc`, `token 'abc'`, `the password was abc1`. */
const PROSE = /(?:\s(?:is|was|provided|given|supplied|used|value|of|invalid|expired)){0,2}\s{0,2}[:(]?\s(?=\S)/y;
const QUOTE = /\\*["'`]|%22/iy;
const WORD = /[^\s,;"'`<>&)}\]\\]+/y;
const FORM_VALUE = /[^\s,;"'`<>&)}\]\\]+/y;
/** `&` and `"` of a form that is percent-encoded itself. */
const ENCODED_END = /%2[26]/;
const LINE = /[^\r\n"'`<\\]+/y;
const ENDS_USER_INFO = /[\s/?#"'<>@\\]/;
/** Headers whose whole line is the secret. */
const LINE_NAME = /^(?:proxy-)?authori[sz]ation$|^(?:set-)?cookie$/i;

const longestName = 64;

/** Finds the values that stand under a secret's name: in JSON within a text, forms, queries, XML, headers and plain sentences. */
export function secretsInText(text: string): Span[] {
    const spans: Span[] = [];
    let done = 0;
    STEM.lastIndex = 0;
    while (STEM.test(text)) {
        let end = STEM.lastIndex;
        for (const most = end + longestName; end < most && IN_NAME[text.charCodeAt(end)] === 1; ) end++;
        const span = valueAfter(text, end, done);
        // The rest of this name is looked at; a second stem in it would only say the same.
        done = span ? span.end : end;
        if (span) spans.push(span);
        STEM.lastIndex = done;
    }
    return spans;
}

/** User name and password of each URL: between `://` and `@`. */
export function userInfo(text: string): Span[] {
    const spans: Span[] = [];
    for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', mark + 3)) {
        const start = mark + 3;
        let end = start;
        for (const most = start + 512; end < most && end < text.length && !ENDS_USER_INFO.test(text[end] as string); ) end++;
        if (text[end] === '@' && end > start) spans.push({ start, end });
    }
    return spans;
}

function valueAfter(text: string, end: number, from: number): Span | undefined {
    const next = text.charCodeAt(end);
    if (FOLLOWS[next] !== 1) return undefined;
    let start = end;
    for (const most = Math.max(from, end - 2 * longestName); start > most && IN_NAME[text.charCodeAt(start - 1)] === 1; ) start--;
    const name = text.slice(start, end);
    if (!isNamed(text, name, start, from)) return undefined;
    const before = text[start - 1];
    if ((before === '<' || before === ':') && QUOTES[next] !== 1) {
        const at = match(XML_TAG_END, text, end);
        const tag = text.lastIndexOf('<', start);
        if (at !== undefined && tag > start - longestName) return text[tag + 1] === '/' ? undefined : xmlValue(text, at);
    }
    let separated: number | undefined;
    if (QUOTES[next] === 1) {
        separated = match(NEXT_VALUE, text, end);
        const element = separated ?? match(NAMED_ELEMENT, text, end);
        if (separated === undefined && element !== undefined) return xmlValue(text, element);
        const field = separated ?? match(MULTIPART, text, end);
        if (separated === undefined && field !== undefined) return until(text, field, text.indexOf('\n', field));
    }
    separated ??= match(SEPARATOR, text, end);
    const at = separated ?? match(PROSE, text, end);
    if (at === undefined) return undefined;
    return readValue(text, at, name, text.slice(end, at), separated === undefined);
}

/** Whether the name, or the name with the word before it (`API key: abc`), is a secret's. */
function isNamed(text: string, name: string, start: number, from: number): boolean {
    const secret = isSecretName(name);
    const gap = text[start - 1];
    if (gap !== ' ' && gap !== '-') return secret;
    if (secret && !/^tokens?$/i.test(name)) return true;
    const before = /([A-Za-z]{2,20})[ -]$/.exec(text.slice(Math.max(from, start - 24), start))?.[1];
    if (before === undefined) return secret;
    return secret ? !isHarmlessToken(before) : /^[a-z]+$/i.test(name) && isSecretName(`${before}_${name}`);
}

function readValue(text: string, at: number, name: string, separator: string, prose: boolean): Span | undefined {
    const quote = match(QUOTE, text, at);
    if (quote !== undefined) {
        const span = until(text, quote, closingQuote(text, quote, text.slice(at, quote)));
        return prose && span && !isOpaque(text.slice(span.start, span.end), 6) ? undefined : span;
    }
    if (prose) {
        const end = match(WORD, text, at);
        return end !== undefined && isOpaque(text.slice(at, end), 8) ? until(text, at, end) : undefined;
    }
    if (text[at] === '[' || text[at] === '{') return until(text, at, closingBracket(text, at));
    if (!/:|%3A/i.test(separator)) return formValue(text, at);
    if (LINE_NAME.test(name)) return line(text, at);
    const end = match(WORD, text, at) ?? at;
    // `token: expired since` is a sentence, `token: abc` at the end of a line is a value.
    const alone = /^\s*(?:$|[\r\n,;&}\])"'`\\])/.test(text.slice(end, end + 8));
    return alone || isOpaque(text.slice(at, end), 6) ? until(text, at, end) : undefined;
}

function formValue(text: string, at: number): Span | undefined {
    const end = match(FORM_VALUE, text, at) ?? at;
    const encoded = text.slice(at, end).search(ENCODED_END);
    return until(text, at, encoded < 0 ? end : at + encoded);
}

function line(text: string, at: number): Span | undefined {
    const end = match(LINE, text, at) ?? at;
    const value = text.slice(at, Math.min(end, at + 256));
    const sentence = /^[a-z' ]+[.!]?$/i.test(value) && !/^(?:bearer|basic|token|digest|api-?key) /i.test(value);
    return sentence && value.includes(' ') ? undefined : until(text, at, end);
}

function xmlValue(text: string, at: number): Span | undefined {
    return until(text, at, text.indexOf(text.startsWith('<![CDATA[', at - 9) ? ']]>' : '<', at));
}

/** Whether a word can't be one of a sentence: it mixes letters and digits or cases, or is long. */
function isOpaque(value: string, least: number): boolean {
    if (value.length < least || /^[\d.:-]+$/.test(value)) return false;
    return /\d/.test(value) || value.length >= 24 || /[a-z][A-Z].*[a-z]/.test(value);
}

function until(text: string, start: number, end: number): Span | undefined {
    const stop = end < 0 ? text.length : end;
    let last = stop;
    while (last > start && text.charCodeAt(last - 1) <= 32) last--;
    return last <= start || (last - start < 40 && NO_SECRET.test(text.slice(start, last))) ? undefined : { start, end: last };
}

/** The quote that ends a value which began with `mark`: of those in it each has one more backslash before it. */
function closingQuote(text: string, from: number, mark: string): number {
    if (mark.startsWith('%')) return text.indexOf('%22', from);
    const quote = mark.at(-1) as string;
    const escapes = mark.length - 1;
    for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
        const slashes = slashesBefore(text, at);
        if (slashes <= escapes || (escapes === 0 && slashes % 2 === 0)) return at - Math.min(slashes, escapes);
    }
    return -1;
}

function slashesBefore(text: string, at: number): number {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    return slashes;
}

/** Past the bracket that closes the one at `from`. Brackets within quotes don't count; the first quote says how deep quotes are escaped. */
function closingBracket(text: string, from: number): number {
    let depth = 0;
    let mark: string | undefined;
    for (let at = from; at < text.length; at++) {
        const character = text[at];
        if (character === '[' || character === '{') depth++;
        else if (character === ']' || character === '}') {
            if (--depth === 0) return at + 1;
        } else if (character === '"') {
            mark ??= '\\'.repeat(slashesBefore(text, at)) + character;
            const close = closingQuote(text, at + 1, mark);
            if (close < 0) return -1;
            at = close + mark.length - 1;
        }
    }
    return -1;
}

function match(sticky: RegExp, text: string, at: number): number | undefined {
    sticky.lastIndex = at;
    return sticky.test(text) ? sticky.lastIndex : undefined;
}

function table(characters: string): Uint8Array {
    const marks = new Uint8Array(128);
    for (const character of characters) marks[character.charCodeAt(0)] = 1;
    return marks;
}

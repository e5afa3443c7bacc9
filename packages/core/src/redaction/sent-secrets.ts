import type { SentParts } from '../types/redaction.js';
import { isSecretName } from './secret-name.js';
import { NO_SECRET } from './secret-words.js';
import { secretsInText, userInfo } from './secrets-in-text.js';

/** Headers whose values say nothing about who is allowed to do what. Any other may hold a credential under a name of the provider's own. */
const HARMLESS = new Set(
    `accept cache-control date depth expect host origin overwrite pragma prefer range referer user-agent traceparent tracestate baggage sentry-trace b3
    connection-id provider-config-key retries retry-on decompress forward-headers-on-redirect nango-activity-log-id base-url-override x-async
    x-max-retries`.split(/\s+/),
);
const HARMLESS_KIND = /^(?:accept-|content-|if-|x-b3-|nango-is-)|-(?:request|correlation|trace)-?id$|-version$/;
/** More of a body than this is not searched: it would take longer than the error is worth. */
const mostText = 4 * 1024 * 1024;

/** What a call itself sent that no error may show: values under a secret's name, credentials in headers, and user-info of a URL. */
export function sentSecrets({ path, headers, source, secrets = [] }: SentParts): Set<string> {
    const found = new Set<string>(secrets);
    const query = path.indexOf('?');
    if (query >= 0) addPairs(new URLSearchParams(path.slice(query)), found);
    for (const name in headers) addHeader(name, headers[name] as string, found);
    // A whole URL, so that its user-info may hold a quote: `encodeURIComponent` leaves a single one as it is.
    const info = /^[a-z][\w+.-]{0,32}:\/\/([^/?#\\]*)@/i.exec(headers['base-url-override'] ?? '')?.[1];
    if (info !== undefined) addUserInfo(info, found);
    for (const { start, end } of userInfo(path)) addUserInfo(path.slice(start, end), found);
    const body = source?.peek?.();
    if (typeof body === 'string') addText(body, found);
    else if (body) addText(new TextDecoder().decode(body.subarray(0, mostText)), found);
    return found;
}

function addHeader(name: string, value: string, found: Set<string>): void {
    const plain = name.replace(/^nango-proxy-/, '');
    if (HARMLESS.has(plain) || HARMLESS_KIND.test(plain)) {
        if (name !== 'base-url-override') addText(value, found);
        return;
    }
    add(value, found);
    if (plain === 'cookie') {
        for (const pair of value.split(';')) {
            const cookie = pair
                .slice(pair.indexOf('=') + 1)
                .trim()
                .replace(/^"|"$/g, '');
            if (cookie.length >= 8 || isSecretName(pair.split('=')[0] as string) || /sess|sid\b|auth/i.test(pair))
                add(cookie, found);
        }
        return;
    }
    const [, basic] = /^Basic\s+([\w+/=-]+)$/i.exec(value) ?? [];
    if (basic !== undefined) addBasic(basic, found);
    // The parts of `Bearer <token>`, `OAuth oauth_token="<token>", …`: a provider may repeat one alone.
    for (const part of value.split(/[\s,]+/)) {
        const member = /^[\w-]+=("?)(.*)\1$/.exec(part)?.[2];
        if (member !== undefined && member.length >= 8) add(member, found);
        else if (part !== value && part.length >= 8) add(part, found);
    }
}

function addBasic(encoded: string, found: Set<string>): void {
    add(encoded, found);
    let decoded: string;
    try {
        decoded = new TextDecoder().decode(
            Uint8Array.from(atob(encoded.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0)),
        );
    } catch {
        return;
    }
    add(decoded, found);
    const colon = decoded.indexOf(':');
    const password = decoded.slice(colon + 1);
    add(password, found);
    const user = decoded.slice(0, colon);
    // APIs that take a key for a user name take anything, or nothing, for a password.
    if (user.length >= 16 || password.length <= 1) add(user, found);
}

function addUserInfo(info: string, found: Set<string>): void {
    const colon = info.indexOf(':');
    if (colon < 0 && info.length < 16) return;
    add(info, found);
    add(info.slice(colon + 1), found);
    if (colon === info.length - 1 || colon >= 16) add(info.slice(0, colon), found);
}

/** A body or a value of a query: JSON, a form, or another text. */
function addText(text: string, found: Set<string>): void {
    if (text.length < 5) return;
    const searched = text.length > mostText ? text.slice(0, mostText) : text;
    if (/^\s*[[{]/.test(searched) && searched === text) {
        try {
            addJson(JSON.parse(text), found, 0);
            return;
        } catch {
            // Then it is searched as text.
        }
    }
    if (/^[^\s=&]{1,256}=\S*$/.test(searched)) addPairs(new URLSearchParams(searched), found);
    for (const { start, end } of secretsInText(searched)) add(searched.slice(start, end), found);
}

function addPairs(pairs: Iterable<readonly [string, string]>, found: Set<string>): void {
    for (const [name, value] of pairs) {
        if (isSecretName(name)) add(value, found);
        else addText(value, found);
    }
}

function addJson(value: unknown, found: Set<string>, depth: number): void {
    if (typeof value === 'string') addText(value, found);
    if (typeof value !== 'object' || value === null || depth > 32) return;
    for (const [name, member] of Object.entries(value)) {
        if (!isSecretName(name)) addJson(member, found, depth + 1);
        else if (typeof member === 'string' || typeof member === 'number') add(String(member), found);
        else addLeaves(member, found, depth + 1);
    }
}

/** Below `credentials: { … }` every long text may be one. */
function addLeaves(value: unknown, found: Set<string>, depth: number): void {
    if (typeof value === 'string') add(value, found, 4);
    if (typeof value !== 'object' || value === null || depth > 32) return;
    for (const [name, member] of Object.entries(value)) {
        if (Array.isArray(value) || isSecretName(name) || typeof member === 'object') addLeaves(member, found, depth + 1);
        else if (typeof member === 'string' && !/(?:type|id|url|link|scopes?|name|email|region|service)$|expires/i.test(name))
            add(member, found, 12);
    }
}

function add(value: string, found: Set<string>, least = 4): void {
    if (value.length < least || NO_SECRET.test(value)) return;
    found.add(value);
    if (!value.includes('%')) return;
    try {
        found.add(decodeURIComponent(value));
    } catch {
        // A percent sign of its own.
    }
}

import type { SentParts } from '../types/redaction.js';
import { cleanJson } from './clean-json.js';
import { cleanText, type KnownValues } from './clean-text.js';
import { sentSecrets } from './sent-secrets.js';

/** Values shorter than this are taken out as whole words. */
const shortest = 6;

/** All that a call knows to be secret, in each spelling in which an answer may repeat it. */
export function knownValues(own: readonly string[], sent: SentParts | undefined): KnownValues {
    const anywhere = new Set(own);
    const words = new Set<string>();
    for (const value of sent ? sentSecrets(sent) : []) (value.length < shortest ? words : anywhere).add(value);
    for (const value of [...anywhere]) for (const spelling of spellings(value)) anywhere.add(spelling);
    return {
        anywhere: [...anywhere].sort((a, b) => b.length - a.length),
        asWords: words.size > 0 ? new RegExp(`(?<!\\w)(?:${[...words].map(escaped).join('|')})(?!\\w)`, 'g') : undefined,
    };
}

export { cleanJson, cleanText };

/** As in a URL, a form, JSON and HTML. */
function* spellings(value: string): Iterable<string> {
    if (/^[\w.~-]*$/.test(value)) return;
    const url = percentEncoded(value);
    // RFC 3986 reserves these, too, and others than JavaScript encode them; URLSearchParams most of them.
    const strict = url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
    for (const encoded of new Set([url, strict])) {
        yield encoded;
        yield encoded.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
        yield encoded.replaceAll('%20', '+');
    }
    yield new URLSearchParams([['', value]]).toString().slice(1);
    yield JSON.stringify(value).slice(1, -1);
    yield JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/');
    const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    yield html;
    yield html.replaceAll("'", '&#39;');
    yield encodeURI(value.replace(/[\ud800-\udfff]/g, ''));
}

function percentEncoded(value: string): string {
    try {
        return encodeURIComponent(value);
    } catch {
        return value;
    }
}

function escaped(text: string): string {
    return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

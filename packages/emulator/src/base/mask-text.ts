import { isSecretInQuery } from './secret-names.js';

/** What stands in the place of a secret. */
export const hidden = '***';

/** A part of a query as it is meant; as it stands when it is not well encoded. */
export function decoded(text: string): string {
    try {
        return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
        return text;
    }
}

/** Text in which what is known to be secret, and what has the shape of a secret, is masked. */
export function maskText(text: string, known: readonly string[]): string {
    let masked = text;
    for (const secret of known) if (masked.includes(secret)) masked = masked.replaceAll(secret, hidden);
    return masked
        .replace(/nango_connect_session_\w+/g, `nango_connect_session_${hidden}`)
        .replace(/\b(Bearer|Basic)\s+(?=[^\s"]*[\d=])[\w.~+/=-]{8,}/gi, `$1 ${hidden}`)
        .replace(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden)
        .replace(/-----BEGIN[A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z ]*-----|$)/g, hidden)
        .replace(/:\/\/[^/\s:@"]*:[^/\s@"]*@/g, `://${hidden}@`)
        .replace(/([?&])([\w.[\]%-]{1,120})=[^&\s"'<>]+/g, (whole, before, name) =>
            isSecretInQuery(decoded(name)) ? `${before}${name}=${hidden}` : whole,
        );
}

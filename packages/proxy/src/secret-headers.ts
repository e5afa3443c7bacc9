/** Headers whose values say nothing about who is allowed to do what. Any other may hold a credential under a name of the provider's own. */
const harmless =
    /^(?:accept(?:-.*)?|cache-control|content-.*|date|depth|expect|host|if-.*|origin|overwrite|pragma|prefer|range|referer|user-agent|x-request-id|x-correlation-id|.*-version)$/;

/** The values of the provider's headers that no error may show, and the tokens within them. */
export function secretValues(headers: Readonly<Record<string, string>>): string[] {
    const secrets: string[] = [];
    for (const name in headers) {
        if (harmless.test(name)) continue;
        const value = headers[name] as string;
        secrets.push(value);
        // The token of `Bearer <token>`: a provider may repeat it without the scheme.
        for (const part of value.split(/\s+/)) if (part.length >= 8 && part !== value) secrets.push(part);
    }
    return secrets;
}

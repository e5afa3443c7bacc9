const secret = /token|secret|hmac|password|key|credentials|code|state/i;
const harmless = new Set(['provider_config_key']);

/** The query string with every value that may be a secret replaced by `***`. */
export function maskQuery(search: string): string {
    if (search === '') return '';
    const pairs = search
        .slice(1)
        .split('&')
        .map((pair) => {
            const name = pair.split('=', 1)[0] ?? '';
            return secret.test(name) && !harmless.has(name) ? `${name}=***` : pair;
        });
    return `?${pairs.join('&')}`;
}

import type { Schema } from './page-types.js';

const upper = new Set([
    'id',
    'url',
    'uri',
    'api',
    'sso',
    'ip',
    'iam',
    'arn',
    'aws',
    'jwt',
    'ssl',
    'tls',
    'sql',
    'oauth',
    'pat',
    'uuid',
]);
const spelled: Record<string, string> = { oauth: 'OAuth', ids: 'IDs', urls: 'URLs' };

/** What a person reads instead of a name in code: `clientId` is "Client ID", `instance_url` is "Instance URL". */
function readable(name: string): string {
    const words = name
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replace(/([A-Z])(?=[A-Z][a-z])/g, '$1 ')
        .split(/[\s_.-]+/)
        .filter(Boolean)
        .map((word) => word.toLowerCase())
        .map((word) => spelled[word] ?? (upper.has(word) ? word.toUpperCase() : word));
    const text = words.join(' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The label of a field: its title, unless that is only a name in code (`clientId`, `instance_url`). */
export function labelOf(name: string, { title }: Schema): string {
    const given = title?.trim() ?? '';
    const code = given === '' || /^[a-z]+(?:[A-Z][a-z\d]*)+$|^[a-z\d]+(?:_[a-z\d]+)+$/.test(given);
    return code ? readable(given || name) : given;
}

const longest = 60;

/** An example as a sentence can hold it. */
export const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

import { requireLater } from '../base/require-later.js';
import { catalogue } from './catalogue.js';
import { type AuthMode, authModes, type Provider } from './provider.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a file given as `--providers` can't be used. */
export class ProvidersFileError extends Error {
    override readonly name = 'ProvidersFileError';
}

/**
 * The providers of this emulator, by name, in the catalogue's order.
 *
 * @param yamlText a `providers.yaml` in the format of the vendor's own; it replaces the built-in catalogue
 * @throws ProvidersFileError when the text is not YAML, or an entry has no known `auth_mode`
 */
export function loadProviders(yamlText?: string): Map<string, Provider> {
    return new Map(Object.entries(yamlText === undefined ? catalogue : fromYaml(yamlText)));
}

function fromYaml(text: string): Record<string, Provider> {
    const { parse } = requireLater('yaml') as typeof import('yaml');
    let file: unknown;
    try {
        file = parse(text, { merge: true, maxAliasCount: -1 });
    } catch (error) {
        throw new ProvidersFileError(`The providers file is not YAML: ${(error as Error).message}`);
    }
    if (!isObject(file))
        throw new ProvidersFileError(
            'The providers file must map provider names to entries (`providers` takes its text, not its path).',
        );
    const entries: Record<string, Record<string, unknown>> = {};
    for (const [name, entry] of Object.entries(file)) {
        if (!isObject(entry)) throw new ProvidersFileError(`Provider "${name}" is not a map.`);
        entries[name] = withAlias(name, entry, file);
        // An alias may point at an entry that is itself an alias, resolved before it.
        file[name] = entries[name];
        if (!authModes.includes(entries[name].auth_mode as AuthMode)) {
            throw new ProvidersFileError(`Provider "${name}" has no known auth_mode (${String(entries[name].auth_mode)}).`);
        }
    }
    return entries as Record<string, Provider>;
}

/** An alias is a copy of another entry whose named fields are replaced whole. */
function withAlias(name: string, entry: Record<string, unknown>, file: Record<string, unknown>): Record<string, unknown> {
    if (entry.alias === undefined) return entry;
    const { alias, ...overrides } = entry;
    const base = file[String(alias)];
    if (!isObject(base))
        throw new ProvidersFileError(`Provider "${name}" is an alias of "${String(alias)}", which does not exist.`);
    return { ...base, ...overrides };
}

import { InvalidBodyError } from '../errors/coded-error.js';
import type { FieldSchema, Provider } from '../providers/provider.js';

type Values = Record<string, string>;

/**
 * Check `integration_config` against the provider's own fields: unknown keys, missing ones, enum, pattern, `uri` must be http(s), and
 * fields that others hide are not asked for (contract 6.4).
 * @param known - what is stored already, when some of it is changed: then only what is sent is looked at (contract 6.6)
 * @returns what to keep: without hidden and empty fields, with the defaults of a new integration
 * @throws InvalidBodyError
 */
export function checkIntegrationConfig(provider: Provider, sent: Values, known?: Values): Values {
    const fields = provider.integration_config ?? {};
    for (const key of Object.keys(sent)) {
        if (!Object.hasOwn(fields, key)) throw new InvalidBodyError(`integration_config has no field ${key} for this provider.`);
    }
    const kept: Values = { ...known };
    const seen: Values = { ...known, ...sent };
    for (const [key, field] of Object.entries(fields)) {
        if (!isShown(fields, key, seen) || (known && !(key in sent))) continue;
        const value = sent[key] || (known ? '' : field.default_value);
        if (value) {
            checkValue(key, field, value);
            kept[key] = value;
        } else if (field.optional) delete kept[key];
        else throw new InvalidBodyError(`integration_config needs the field ${key}.`);
    }
    return kept;
}

/** A field is there for a value of another one, which must be there itself. */
function isShown(fields: Record<string, FieldSchema>, key: string, values: Values, asked: readonly string[] = []): boolean {
    const gate = fields[key]?.visible_when;
    if (!gate || asked.includes(key)) return true;
    return isShown(fields, gate.field, values, [...asked, key]) && values[gate.field] === gate.equals;
}

function checkValue(key: string, field: FieldSchema, value: string): void {
    if (field.enum?.length && !field.enum.includes(value)) {
        throw new InvalidBodyError(`integration_config.${key} is not one of its values.`);
    }
    if (field.pattern && !new RegExp(field.pattern).test(value)) {
        throw new InvalidBodyError(`integration_config.${key} does not have the form of ${field.pattern}.`);
    }
    if (field.format === 'uri' && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
        throw new InvalidBodyError(`integration_config.${key} must be an http or https address.`);
    }
}

import { InvalidBodyError } from '../errors/coded-error.js';
import type { Provider } from '../providers/provider.js';

/**
 * Check `integration_config` against the provider's own fields: unknown keys, missing ones, enum, pattern, `uri` must be http(s), and
 * fields that others hide are not asked for (wire contract 6.4).
 * @throws InvalidBodyError
 */
export function checkIntegrationConfig(provider: Provider, config: Record<string, string>): void {
    const fields = provider.integration_config ?? {};
    for (const key of Object.keys(config)) {
        if (!Object.hasOwn(fields, key)) throw new InvalidBodyError(`integration_config has no field ${key} for this provider.`);
    }
    for (const [key, field] of Object.entries(fields)) {
        const gate = field.visible_when;
        const shown = !gate || (config[gate.field] ?? fields[gate.field]?.default_value) === gate.equals;
        const value = config[key];
        if (value === undefined || value === '') {
            if (shown && !field.optional && !field.automated && field.default_value === undefined) {
                throw new InvalidBodyError(`integration_config needs the field ${key}.`);
            }
            continue;
        }
        if (field.enum && !field.enum.includes(value))
            throw new InvalidBodyError(`integration_config.${key} is not one of its values.`);
        if (field.pattern && !new RegExp(field.pattern).test(value)) {
            throw new InvalidBodyError(`integration_config.${key} does not have the form of ${field.pattern}.`);
        }
        if (field.format === 'uri' && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
            throw new InvalidBodyError(`integration_config.${key} must be an http or https address.`);
        }
    }
}

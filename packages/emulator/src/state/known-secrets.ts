import type { Store } from './store.js';

/** Shorter values are also parts of other words. */
const shortest = 6;
const notSecret = /^(?:type|expires?_?(?:at|in)|scopes?|token_type|client_id|username|app_id|app_link)$/i;

/** Every secret that the emulator holds now, longest first: nothing that is shown may have one in it. */
export function knownSecrets(store: Store): string[] {
    const found = new Set<string>();
    const collect = (value: unknown, name = ''): void => {
        if (typeof value === 'string') {
            if (value.length >= shortest && !notSecret.test(name)) found.add(value);
        } else if (typeof value === 'object' && value !== null) {
            for (const [key, inner] of Object.entries(value)) collect(inner, Array.isArray(value) ? name : key);
        }
    };
    for (const { secret } of store.keys.all()) collect(secret);
    for (const environment of store.environments()) {
        collect(environment.settings.webhookSigningKey);
        // Whatever they are called: they are what functions get instead of an `.env`.
        for (const { value } of environment.settings.variables) collect(value);
        for (const { credentials } of environment.integrations.all()) collect(credentials);
        for (const { credentials } of environment.connections.all()) collect(credentials);
    }
    return [...found].sort((a, b) => b.length - a.length);
}

import type { DescribedIntegration } from './described.js';
import { TypegenError } from './typegen-error.js';

/**
 * @param ids those to keep; all when undefined
 * @throws {TypegenError} there is no integration of one of these ids
 */
export function selectIntegrations(
    integrations: readonly DescribedIntegration[],
    ids: readonly string[] | undefined,
): readonly DescribedIntegration[] {
    if (ids === undefined) return integrations;
    const missing = ids.filter((id) => integrations.every((integration) => integration.id !== id));
    if (missing.length > 0) {
        const known = integrations.map(({ id }) => id).sort();
        throw new TypegenError(`There is no integration ${missing.join(', ')}. There are: ${known.join(', ')}.`);
    }
    return integrations.filter(({ id }) => ids.includes(id));
}

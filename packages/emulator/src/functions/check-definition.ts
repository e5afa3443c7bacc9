import { functionName, modelName } from '../base/formats.js';
import { parseFrequency, shortestFrequencyMs } from '../syncs/frequency.js';
import type { SyncDefinition } from './function-registry.js';

/** @throws TypeError when a function could not be deployed under this name */
export function checkFunctionName(name: string): void {
    if (functionName.safeParse(name).success) return;
    throw new TypeError(`"${name}" is no name of a function: letters, digits, _ and - only, at most 255.`);
}

/** @throws TypeError naming what the server would refuse to deploy */
export function checkSync(name: string, definition: SyncDefinition): void {
    checkFunctionName(name);
    const models = [definition.model].flat();
    if (models.length === 0) throw new TypeError(`The sync ${name} needs a model.`);
    for (const model of models) {
        if (modelName.safeParse(model).success) continue;
        throw new TypeError(`"${model}" is no name of a model: an upper-case letter, then letters, digits, _ or -.`);
    }
    const frequency = parseFrequency(definition.frequency ?? 'every hour');
    if (!frequency) throw new TypeError(`"${definition.frequency}" is no frequency. Write it like "every 5 minutes" or "1h".`);
    if (frequency.ms < shortestFrequencyMs) throw new TypeError(`The sync ${name} can not run more often than every 30 seconds.`);
}

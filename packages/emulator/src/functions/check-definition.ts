import { functionName, modelName, providerConfigKey } from '../base/formats.js';
import { suggestion } from '../base/nearest.js';
import { parseFrequency, shortestFrequencyMs } from '../syncs/frequency.js';
import { schemasOfAction, schemasOfSync } from './definition-schemas.js';
import type { ActionDefinition, SyncDefinition } from './function-registry.js';

const syncMembers: Record<keyof SyncDefinition, true> = {
    model: true,
    models: true,
    metadata: true,
    jsonSchema: true,
    frequency: true,
    autoStart: true,
    trackDeletes: true,
    syncType: true,
    description: true,
    scopes: true,
    endpoint: true,
    run: true,
};
const actionMembers: Record<keyof ActionDefinition, true> = {
    description: true,
    input: true,
    output: true,
    scopes: true,
    jsonSchema: true,
    endpoint: true,
    enabled: true,
    run: true,
};

/** What a class has beside is its own business. */
function checkMembers(definition: object, members: object, what: string): void {
    const prototype = Object.getPrototypeOf(definition);
    if (prototype && Object.getPrototypeOf(prototype)) return;
    const known = Object.keys(members);
    const unknown = Object.keys(definition).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new TypeError(`${what} has no member ${unknown}${suggestion(unknown, known)}`);
}

/** @throws TypeError when a function could not be deployed under this name */
function checkFunctionName(name: string): void {
    if (functionName.safeParse(name).success) return;
    throw new TypeError(`"${name}" is no name of a function: letters, digits, _ and - only, at most 255.`);
}

/** @throws TypeError when it could not be called, or is of no integration */
function checkCallable(integrationId: string, definition: { run: unknown }, what: string): void {
    if (!providerConfigKey.safeParse(integrationId).success)
        throw new TypeError(`${what} needs the id of an integration first, such as 'github'.`);
    if (typeof definition !== 'object' || definition === null)
        throw new TypeError(`${what} needs a definition, an object with a function \`run\`.`);
}

function checkRun(definition: { run: unknown }, what: string): void {
    if (typeof definition.run !== 'function') throw new TypeError(`${what} needs a function \`run\`.`);
}

/** @throws TypeError naming what the server would refuse to deploy */
export function checkSync(integrationId: string, name: string, definition: SyncDefinition): void {
    checkFunctionName(name);
    checkCallable(integrationId, definition, `The sync ${name}`);
    checkMembers(definition, syncMembers, `The definition of the sync ${name}`);
    checkRun(definition, `The sync ${name}`);
    const models = schemasOfSync(integrationId, name, definition).returns;
    if (models.length === 0)
        throw new TypeError(`The sync ${name} needs a model: its name as \`model\`, or its schema by name in \`models\`.`);
    for (const model of models) {
        if (modelName.safeParse(model).success) continue;
        throw new TypeError(`"${model}" is no name of a model: an upper-case letter, then letters, digits, _ or -.`);
    }
    const frequency = parseFrequency(definition.frequency ?? 'every hour');
    if (!frequency) throw new TypeError(`"${definition.frequency}" is no frequency. Write it like "every 5 minutes" or "1h".`);
    if (frequency.ms < shortestFrequencyMs) throw new TypeError(`The sync ${name} can not run more often than every 30 seconds.`);
}

/** @throws TypeError naming what the server would refuse to deploy */
export function checkAction(integrationId: string, name: string, definition: ActionDefinition): void {
    checkFunctionName(name);
    checkCallable(integrationId, definition, `The action ${name}`);
    checkMembers(definition, actionMembers, `The definition of the action ${name}`);
    checkRun(definition, `The action ${name}`);
    schemasOfAction(integrationId, name, definition);
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Emulator } from '../../src/index.js';
import type { Answer } from './scene.js';

interface Description {
    paths: Record<
        string,
        Record<string, { operationId: string; responses: Record<string, { content?: Content; headers?: object }> }>
    >;
}
type Content = Record<string, { schema: object }>;

// Every emulator has the same routes: they are described, and their schemas compiled, once for a file of tests.
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<object, ValidateFunction>();
let description: Promise<Description> | undefined;

/** Returns a check that an answer is one that the emulator's own OpenAPI description allows: status, body, rate-limit headers. */
export function answerChecker(emulator: Emulator): (method: string, path: string, answer: Answer) => Promise<void> {
    const load = async () =>
        (await emulator.fetch(new Request('http://localhost:3003/_emulator/openapi.json'))).json() as Promise<Description>;
    return async (method, path, answer) => {
        description ??= load();
        const operation = find(await description, method, path.split('?', 1)[0] ?? '');
        if (!operation) return;
        const place = `${operation.operationId} ${answer.status}`;
        const response = operation.responses[answer.status];
        if (!response) throw new Error(`${place} is not described: ${answer.text}`);
        const schema = response.content?.['application/json']?.schema;
        if (!schema && answer.text !== '') throw new Error(`${place} should be empty: ${answer.text}`);
        if (schema) {
            const validate = compiled.get(schema) ?? ajv.compile(schema);
            compiled.set(schema, validate);
            if (!validate(answer.body))
                throw new Error(`${place}: ${ajv.errorsText(validate.errors)}: ${answer.text.slice(0, 500)}`);
        }
    };
}

function find({ paths }: Description, method: string, path: string) {
    const candidates = Object.entries(paths).filter(([template, methods]) => {
        const expression = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}/?$`);
        return expression.test(path) && methods[method.toLowerCase()];
    });
    // A path without parameters goes before one with: /connections/metadata is no connection.
    const [best] = candidates.sort(([a], [b]) => a.split('{').length - b.split('{').length);
    return best?.[1][method.toLowerCase()];
}

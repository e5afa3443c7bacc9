import { z } from 'zod';
import type { AnyRouteSpec } from '../http/routes.js';

type JsonObject = Record<string, unknown>;

/** Codes that any route with a key may answer (contract 2.2, 3, 1.3). */
const everywhere: Record<number, string[]> = {
    400: ['invalid_json', 'invalid_query_params', 'invalid_body', 'invalid_uri_params', 'invalid_headers'],
    401: [
        'missing_auth_header',
        'malformed_auth_header',
        'invalid_secret_key_format',
        'unknown_account',
        'invalid_connect_session_token_format',
        'unknown_connect_session_token',
    ],
    403: ['forbidden'],
    415: ['invalid_content_type'],
    429: ['too_many_request'],
    500: ['generic_error_support', 'server_error'],
};

const descriptions: Record<number, string> = {
    200: 'Success',
    201: 'Created',
    202: 'Accepted',
    204: 'Done, no content',
    400: 'The request is wrong',
    401: 'The key is missing or wrong',
    403: 'The key lacks a scope',
    404: 'Not found',
    409: 'Ambiguous',
    410: 'Aborted',
    415: 'The body is not JSON',
    424: 'Something upstream failed',
    429: 'Too many requests',
    500: 'The server failed',
};

/** The OpenAPI 3.1 description of the routes, generated from the schemas that check them. */
export function describeApi(routes: readonly AnyRouteSpec[], origin: string): JsonObject {
    const paths: Record<string, JsonObject> = {};
    const named = new Set<string>();
    for (const spec of routes) {
        const path = spec.path.replace(/:([A-Za-z]+)/g, '{$1}');
        paths[path] = { ...paths[path], [spec.method]: { operationId: uniqueId(spec, named), ...describeRoute(spec) } };
    }
    return {
        openapi: '3.1.0',
        info: { title: 'Nango API, as the emulator answers it', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
        servers: [{ url: origin }],
        paths,
        components: {
            securitySchemes: {
                apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, a UUID of version 4' },
                connectSession: { type: 'http', scheme: 'bearer', description: 'A connect session token' },
            },
            headers: {
                'X-RateLimit-Limit': { schema: { type: 'integer' } },
                'X-RateLimit-Remaining': { schema: { type: 'integer' } },
                'X-RateLimit-Reset': { schema: { type: 'integer' }, description: 'Unix seconds' },
                'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' },
            },
        },
    };
}

/** An id stands once in a description; the proxy is one operation under several methods. */
function uniqueId({ operation, method }: AnyRouteSpec, named: Set<string>): string {
    const id = named.has(operation) ? `${operation}${method.charAt(0).toUpperCase()}${method.slice(1)}` : operation;
    named.add(id);
    return id;
}

function describeRoute(spec: AnyRouteSpec): JsonObject {
    const scopes = 'scopes' in spec.auth ? spec.auth.scopes : [];
    return {
        summary: spec.summary,
        tags: [spec.control ? 'control surface' : spec.path.split('/')[1]],
        ...(spec.deprecated ? { deprecated: true } : {}),
        ...(spec.control ? {} : { description: `Contract ${spec.contract}.` }),
        ...(scopes.length > 0 ? { 'x-scopes': scopes } : {}),
        security: security(spec),
        parameters: [
            ...parameters(spec.query === 'any' ? undefined : spec.query, 'query'),
            ...parameters(spec.headers, 'header'),
            ...pathParameters(spec),
        ],
        ...(spec.body && spec.method !== 'get'
            ? {
                  requestBody: {
                      required: !spec.body.safeParse(undefined).success,
                      content: { 'application/json': { schema: jsonSchema(spec.body, 'input') } },
                  },
              }
            : {}),
        responses: responses(spec),
    };
}

function security({ auth }: AnyRouteSpec): JsonObject[] {
    switch (auth.kind) {
        case 'none':
            return [];
        case 'session':
            return [{ connectSession: [] }];
        case 'sessionOrKey':
            return [{ apiKey: [] }, { connectSession: [] }];
        default:
            return [{ apiKey: [] }];
    }
}

function parameters(schema: z.ZodType | undefined, place: 'query' | 'header'): JsonObject[] {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: JsonObject; required?: string[] };
    return Object.entries(properties).map(([name, inner]) => ({
        name,
        in: place,
        required: required.includes(name),
        schema: inner,
        ...(name === 'tags' ? { style: 'deepObject', explode: true } : {}),
    }));
}

function pathParameters(spec: AnyRouteSpec): JsonObject[] {
    const known = spec.params ? (jsonSchema(spec.params, 'input') as { properties?: JsonObject }).properties : {};
    return [...spec.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => ({
        name,
        in: 'path',
        required: true,
        schema: known?.[name] ?? { type: 'string' },
    }));
}

function responses(spec: AnyRouteSpec): JsonObject {
    const described: Record<string, JsonObject> = {};
    const limited = spec.auth.kind !== 'none';
    const headers = limited ? rateLimitHeaders(['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']) : {};
    for (const [status, schema] of Object.entries(spec.success)) {
        described[status] = {
            description: descriptions[Number(status)] ?? 'Success',
            ...(limited ? { headers } : {}),
            ...(schema ? { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } } : {}),
        };
    }
    for (const [status, codes] of Object.entries(errorCodes(spec))) {
        const all = { ...headers, ...(status === '429' ? rateLimitHeaders(['Retry-After']) : {}) };
        described[status] = {
            description: descriptions[Number(status)] ?? 'Error',
            ...(limited && !['401', '415'].includes(status) ? { headers: all } : {}),
            content: { 'application/json': { schema: errorSchema(codes) } },
        };
    }
    return described;
}

const rateLimitHeaders = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

function errorCodes(spec: AnyRouteSpec): Record<number, string[]> {
    const keyed = spec.auth.kind !== 'none';
    const codes: Record<number, string[]> = {};
    for (const source of [everywhere, spec.errors ?? {}]) {
        for (const [status, some] of Object.entries(source)) {
            if (!keyed && source === everywhere && ['401', '429'].includes(status)) continue;
            if (!keyed && !spec.control && source === everywhere && status === '403') continue;
            codes[Number(status)] = [...new Set([...(codes[Number(status)] ?? []), ...some])];
        }
    }
    return codes;
}

/** The envelopes of contract 1.3 in one schema: the code is always there, the rest depends. */
const errorSchema = (codes: readonly string[]): JsonObject => ({
    type: 'object',
    required: ['error'],
    additionalProperties: false,
    properties: {
        error: {
            type: 'object',
            required: ['code'],
            properties: {
                code: { enum: codes },
                message: { type: 'string' },
                payload: {},
                additional_properties: {},
                upstream: { type: 'object' },
                method: { type: 'string' },
                path: { type: 'string' },
                errors: {
                    type: 'array',
                    minItems: 1,
                    items: {
                        type: 'object',
                        required: ['code', 'message', 'path'],
                        additionalProperties: false,
                        properties: {
                            code: { type: 'string' },
                            message: { type: 'string' },
                            path: { type: 'array', items: { type: 'string' } },
                        },
                    },
                },
            },
            additionalProperties: false,
        },
    },
});

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    const documented = (schema.meta() as { documentedAs?: z.ZodType } | undefined)?.documentedAs ?? schema;
    const { $schema: _, ...json } = z.toJSONSchema(documented, {
        io,
        unrepresentable: 'any',
        override({ zodSchema, jsonSchema }) {
            if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
        },
    }) as JsonObject;
    return json;
}

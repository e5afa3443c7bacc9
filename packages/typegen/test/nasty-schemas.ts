/** JSON schemas that are hard to write as TypeScript, by model. */
export const nastySchemas: Record<string, Record<string, unknown>> = {
    /** Definitions beside the schema, in both spellings, that refer to each other and to the root. */
    Refs: {
        type: 'object',
        properties: { id: { type: 'string' }, owner: { $ref: '#/$defs/User' }, parent: { $ref: '#' } },
        required: ['id', 'owner'],
        $defs: { User: { type: 'object', properties: { name: { $ref: '#/definitions/Name' } }, required: ['name'] } },
        definitions: { Name: { type: 'string', minLength: 1 } },
    },
    /** A tree, and two definitions that contain each other. */
    Recursive: {
        $ref: '#/$defs/Folder',
        $defs: {
            Folder: {
                type: 'object',
                properties: { id: { type: 'string' }, files: { type: 'array', items: { $ref: '#/$defs/File' } } },
                required: ['id', 'files'],
            },
            File: {
                type: 'object',
                properties: { in: { anyOf: [{ $ref: '#/$defs/Folder' }, { type: 'null' }] } },
                required: ['in'],
            },
        },
    },
    /** Unions: of types, of objects with and without a discriminant, of all at once. */
    Unions: {
        type: 'object',
        properties: {
            id: { type: ['string', 'integer'] },
            kind: {
                oneOf: [
                    { type: 'object', properties: { type: { const: 'a' }, a: { type: 'string' } }, required: ['type', 'a'] },
                    { type: 'object', properties: { type: { const: 'b' }, b: { type: 'number' } }, required: ['type', 'b'] },
                ],
            },
            both: {
                allOf: [
                    { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] },
                    { type: 'object', properties: { y: { type: 'number' } }, required: ['y'] },
                ],
            },
            deep: { anyOf: [{ anyOf: [{ type: 'boolean' }, { type: 'array', items: { type: ['number', 'null'] } }] }] },
        },
        required: ['id', 'kind', 'both', 'deep'],
    },
    /** Null in each spelling. */
    Nullable: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            listed: { type: ['string', 'null'] },
            either: { anyOf: [{ type: 'number' }, { type: 'null' }] },
            spelled: { type: 'string', nullable: true },
            only: { type: 'null' },
            constant: { const: null },
            optional: { type: ['object', 'null'], properties: { a: { type: 'string' } } },
        },
        required: ['id', 'listed', 'either', 'spelled', 'only', 'constant'],
    },
    /** Enums with and without a type, of several types, with quotes, and of one value. */
    Enums: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            state: { type: 'string', enum: ['open', "won't fix", 'say "no"', '*/', '\n', ''] },
            mixed: { enum: ['a', 1, true, null] },
            one: { const: 'one' },
            numbers: { type: 'integer', enum: [0, -1, 2] },
        },
        required: ['id', 'state', 'mixed', 'one', 'numbers'],
    },
    /** Maps, alone and beside known members, of `true`, of `false`, and by pattern. */
    Maps: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            counts: { type: 'object', additionalProperties: { type: 'number' } },
            open: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: true },
            mixed: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
            closed: { type: 'object', properties: {}, additionalProperties: false },
            pattern: { type: 'object', patternProperties: { '^x-': { type: 'string' } } },
            bare: { type: 'object' },
        },
        required: ['id', 'counts', 'open', 'closed', 'bare'],
    },
    /** Members that are no identifiers, or are words of the language, and descriptions that would end a comment. */
    'Odd-Names': {
        type: 'object',
        description: 'Ends a comment: */ and goes on\n@deprecated no tag of ours',
        properties: {
            id: { type: 'string' },
            'kebab-case': { type: 'string' },
            'with space': { type: 'string' },
            "it's": { type: 'string' },
            '0': { type: 'string' },
            class: { type: 'string', description: 'A `word` of the language */' },
            ünï: { type: 'string' },
            '': { type: 'string' },
            constructor: { type: 'string' },
            日本: { type: 'string' },
        },
        required: ['id', 'kebab-case', 'with space', "it's", '0', 'class', 'ünï', '', 'constructor', '日本'],
    },
    /** Lists and tuples of both dialects. */
    Lists: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
            older: { type: 'array', items: [{ type: 'string' }, { type: 'boolean' }] },
            rest: { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' } },
            anything: { type: 'array' },
            unions: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
            nested: { type: 'array', items: { type: 'array', items: { $ref: '#/$defs/Cell' } } },
        },
        required: ['id', 'pair', 'older', 'rest', 'anything', 'unions', 'nested'],
        $defs: { Cell: { type: ['string', 'null'] } },
    },
    /** Many members, deeply nested. */
    Huge: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`field_${i}`, { type: i % 2 ? 'string' : 'number' }])),
            deep: nested(40),
        },
        required: ['id', 'deep'],
    },
    /** What no type can say: the rest of the model is written all the same. */
    Impossible: {
        type: 'object',
        properties: {
            id: { type: 'string' },
            never: false,
            always: true,
            pattern: { type: 'string', pattern: '^a+$', format: 'email' },
            not: { not: { type: 'string' } },
            // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
            conditional: { if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'number' } },
        },
        required: ['id', 'always'],
    },
    /** Has no type at all, because its reference leads nowhere. */
    Broken: { type: 'object', properties: { id: { type: 'string' }, lost: { $ref: '#/$defs/Lost' } } },
};

function nested(depth: number): Record<string, unknown> {
    if (depth === 0) return { type: 'string' };
    return { type: 'object', properties: { next: nested(depth - 1) }, required: ['next'] };
}

import openapiTS from 'openapi-typescript';
import ts from 'typescript';
import type { JsonSchema } from '../described.js';

/** A type as text, and the doc comment for what has it; an empty one when the schema has no description. */
export interface WrittenType {
    comment: string;
    type: string;
}

/**
 * Writes JSON schemas as the members of a type.
 *
 * @param schemas by key, each in the dialect of OpenAPI 3.1
 * @param reference the type that a reference to a key becomes, e.g. `Github['definitions']['Issue']`
 * @returns the type's text by key
 */
export async function writeDefinitions(
    schemas: Map<string, JsonSchema>,
    reference: (key: string) => ts.TypeNode,
): Promise<Map<string, WrittenType>> {
    const document = {
        openapi: '3.1.0',
        info: { title: '', version: '' },
        paths: {},
        components: { schemas: Object.fromEntries(schemas) },
    };
    // A default does not make a member of an input required.
    const nodes = await openapiTS(document as never, {
        silent: true,
        exportType: true,
        alphabetize: true,
        defaultNonNullable: false,
    });
    const file = ts.createSourceFile('types.ts', '', ts.ScriptTarget.Latest);
    const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
    const written = new Map<string, WrittenType>();
    for (const member of schemasIn(nodes)) {
        if (!ts.isPropertySignature(member) || member.type === undefined) continue;
        const [type] = ts.transform(member.type, [rewrite(reference)]).transformed as [ts.TypeNode];
        written.set((member.name as ts.StringLiteral | ts.Identifier).text, {
            comment: plainComments(member)
                .map(({ text }) => `/*${text}*/`)
                .join('\n'),
            type: printer.printNode(ts.EmitHint.Unspecified, type, file),
        });
    }
    return written;
}

function schemasIn(nodes: ts.Node[]): readonly ts.TypeElement[] {
    const components = nodes.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'components');
    if (components === undefined) return [];
    const schemas = membersOf((components as ts.TypeAliasDeclaration).type).find(
        (member) => (member.name as ts.Identifier).text === 'schemas',
    );
    return membersOf((schemas as ts.PropertySignature | undefined)?.type);
}

/** A type without members is written as `never`. */
function membersOf(type: ts.TypeNode | undefined): readonly ts.TypeElement[] {
    return type !== undefined && ts.isTypeLiteralNode(type) ? type.members : [];
}

/** `components["schemas"]["Issue"]` is the writer's own way to name a definition. */
function rewrite(reference: (key: string) => ts.TypeNode): ts.TransformerFactory<ts.Node> {
    return (context) => {
        const visit = (node: ts.Node): ts.Node => {
            const key = keyOf(node);
            if (key !== undefined) return reference(key);
            if (ts.isPropertySignature(node)) ts.setSyntheticLeadingComments(node, plainComments(node));
            return ts.visitEachChild(node, visit, context);
        };
        return visit;
    };
}

/** The comments that say something that the type beside them does not. */
function plainComments(node: ts.Node): ts.SynthesizedComment[] {
    return (ts.getSyntheticLeadingComments(node) ?? [])
        .map((comment) => ({
            ...comment,
            text: comment.text
                .split('\n')
                .filter((line) => !/^[*\s]*@(?:constant|enum \{\w+\})\s*$/.test(line))
                .join('\n')
                .replace(/@description /, '')
                .replace(/^( *\*) {5}/gm, '$1 '),
        }))
        .filter(({ text }) => /[^*\s]/.test(text));
}

function keyOf(node: ts.Node): string | undefined {
    if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
    const { objectType: components, indexType: schemas } = node.objectType;
    const isReference =
        ts.isTypeReferenceNode(components) &&
        ts.isIdentifier(components.typeName) &&
        components.typeName.text === 'components' &&
        literal(schemas) === 'schemas';
    return isReference ? literal(node.indexType) : undefined;
}

function literal(node: ts.TypeNode): string | undefined {
    return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
}

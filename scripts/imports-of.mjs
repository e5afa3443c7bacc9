import ts from 'typescript';

/**
 * Every module that a TypeScript file names, with the place of the name in the text: imports, re-exports, `import()` and types written
 * as `import('…')`. (`ts.preProcessFile` overlooks `export * as name from`.)
 */
export function importsOf(text) {
    const found = [];
    const visit = (node) => {
        const name =
            ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
                ? node.moduleSpecifier
                : ts.isImportTypeNode(node)
                  ? node.argument.literal
                  : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
                    ? node.arguments[0]
                    : undefined;
        if (name && ts.isStringLiteralLike(name))
            found.push({ specifier: name.text, start: name.getStart() + 1, end: name.getEnd() - 1 });
        ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true));
    return found;
}

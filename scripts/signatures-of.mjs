import { readFileSync } from 'node:fs';
import ts from 'typescript';

const parsed = new Map();

/**
 * The signatures of a method as its class declares them, without older forms, each with the first sentence of its doc comment.
 *
 * @param {string} path a TypeScript file
 * @returns {{ text: string, summary: string }[]}
 */
export function signaturesOf(path, className, name) {
    if (!parsed.has(path)) parsed.set(path, ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
    const source = parsed.get(path);
    const declared = source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === className);
    const methods = declared.members.filter((node) => ts.isMethodDeclaration(node) && node.name.getText(source) === name);
    const overloads = methods.filter(({ body }) => !body);
    const all = overloads.length > 0 ? overloads : methods;
    const current = all.filter((node) => !ts.getJSDocDeprecatedTag(node));
    return (current.length > 0 ? current : all).map((node) => ({ text: textOf(node, source), summary: summaryOf(node) }));
}

function textOf(node, source) {
    const list = (nodes) => nodes.map((one) => one.getText(source)).join(', ');
    const types = node.typeParameters ? `<${list(node.typeParameters)}>` : '';
    const text = `${node.name.getText(source)}${types}(${list(node.parameters)}): ${node.type.getText(source)}`;
    return withoutCompared(text.replace(/\s+/g, ' '));
}

/** `Compared<K, A, B>` is A to a caller; B only makes overrides in the vendor's form fit. */
function withoutCompared(text) {
    const plain = text.replace(/<K extends string = string>|, K extends string = string/, '');
    const parts = plain.split('Compared<K, ');
    return parts.reduce((before, part) => {
        let depth = 1;
        let comma = -1;
        for (const [at, letter] of [...part].entries()) {
            if ('<{(['.includes(letter)) depth++;
            if ('>})]'.includes(letter) && --depth === 0) return before + part.slice(0, comma) + part.slice(at + 1);
            if (letter === ',' && depth === 1 && comma < 0) comma = at;
        }
        return before + part;
    });
}

function summaryOf(node) {
    const [doc] = ts.getJSDocCommentsAndTags(node);
    const text = ts.getTextOfJSDocComment(doc?.comment) ?? '';
    const [sentence] = text.replace(/\s+/g, ' ').split(/(?<=\.)\s(?=[A-Z`])/);
    return sentence.replace(/\{@link ([^}]*)\}/g, '$1').trim();
}

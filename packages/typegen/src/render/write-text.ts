/** A member of a type, with its description as a doc comment. */
export function property(name: string, type: string, description = '', optional = false): string {
    return `${docComment(description)}${memberName(name)}${optional ? '?' : ''}: ${type};`;
}

/** A member's name, quoted where it is no identifier. */
export function memberName(name: string): string {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** A string literal in single quotes. */
export function stringLiteral(text: string): string {
    const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** A doc comment and a line break; nothing for an empty text. The text can't end the comment. */
export function docComment(text: string): string {
    const lines = text
        .trim()
        .replaceAll('*/', '*\\/')
        .split('\n')
        .map((line) => line.trimEnd());
    if (lines.join('') === '') return '';
    return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/** The same lines, one level deeper. */
export function indent(text: string): string {
    return text.replace(/^(?=.)/gm, '    ');
}

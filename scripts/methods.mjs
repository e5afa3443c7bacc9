// Writes docs/methods.md: where each method of the client is, which HTTP route it calls, which route of the emulator answers it,
// and which test proves it. With --check nothing is written; a stale page, a method without a test, a call without a route of the
// emulator, or two methods of one name are errors.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { packages, report, root, shown, sourcesIn } from './workspace.mjs';

const page = `${root}docs/methods.md`;
const check = process.argv.includes('--check');
const problems = [];

const files = packages.flatMap(({ folder, at }) =>
    [...sourcesIn(`${at}src`), ...sourcesIn(`${at}test`)].map((path) => {
        const text = readFileSync(path, 'utf8');
        return { folder, path, text, isTest: /\.test\.ts$/.test(path) };
    }),
);
const sources = files
    .filter(({ isTest, folder }) => !isTest && folder !== 'emulator')
    .map((file) => ({ ...file, tree: ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true) }));

const classes = new Map();
const functions = new Map();
const operations = new Map();
let composed = [];
for (const file of sources) {
    visit(file.tree, (node) => {
        if (ts.isClassDeclaration(node) && node.name) classes.set(node.name.text, { node, file });
        if (ts.isFunctionDeclaration(node) && node.name && node.body) functions.set(`${file.folder}:${node.name.text}`, node);
        if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
            const declared = operationOf(node.initializer);
            if (declared) operations.set(`${file.folder}:${node.name.text}`, declared);
        }
        if (ts.isCallExpression(node) && node.expression.getText() === 'compose' && file.folder === 'node')
            composed = node.arguments.filter(ts.isIdentifier).map(({ text }) => text);
    });
}
if (composed.length === 0) problems.push('found no compose(…) in packages/node/src');

const emulatorRoutes = readEmulatorRoutes();
const rows = [];
for (const name of composed) rows.push(...methodsOf(name));
for (const [index, row] of rows.entries()) {
    const twin = rows.findIndex(({ name }) => name === row.name);
    if (twin !== index) problems.push(`${row.where} and ${rows[twin].where} are both called ${row.name}`);
    if (!row.test) problems.push(`${row.where}: no test calls ${row.name}`);
    if (row.operation && !row.answered)
        problems.push(`${row.where}: the emulator has no route for ${row.operation.method} ${row.operation.path}`);
}

const text = render();
if (!check) writeFileSync(page, text);
else if (!existsSync(page) || readFileSync(page, 'utf8') !== text)
    problems.push('docs/methods.md is stale: run `pnpm methods` and commit it');
report(problems, `methods: ${rows.length}, each with one place, its route and a test`);

function methodsOf(className) {
    const found = classes.get(className);
    if (!found) {
        problems.push(`class ${className} is composed, but not found`);
        return [];
    }
    const { node, file } = found;
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText();
    const own = [];
    for (const member of node.members) {
        if (!ts.isMethodDeclaration(member) || !member.body || !ts.isIdentifier(member.name)) continue;
        const name = member.name.text;
        const line = file.tree.getLineAndCharacterOfPosition(member.getStart()).line + 1;
        const operation = operationFor(file.folder, name, member.body);
        own.push({
            name,
            package: file.folder,
            where: `${shown(file.path)}:${line}`,
            operation,
            answered: operation && routeFor(operation),
            test: testOf(name, file.folder),
        });
    }
    const inherited = parent && parent !== 'Client' ? methodsOf(parent) : [];
    // An older argument form calls what it replaces.
    for (const row of own) {
        const replaces = inherited.find(({ name }) => name === row.name);
        if (replaces) Object.assign(row, { operation: replaces.operation, answered: replaces.answered });
    }
    const replaced = new Map(own.map((row) => [row.name, row]));
    return [
        ...inherited.map((row) => replaced.get(row.name) ?? row),
        ...own.filter(({ name }) => !inherited.some((row) => row.name === name)),
    ];
}

/** The operation that has the method's name, else the first that its body leads to through functions of its package. */
function operationFor(folder, name, body) {
    for (const [key, declared] of operations) if (declared.name === name && key.startsWith(`${folder}:`)) return declared;
    const seen = new Set();
    const queue = [body];
    for (let node = queue.shift(); node; node = queue.shift()) {
        let found;
        visit(node, (inner) => {
            found ??= operationOf(inner);
            if (!ts.isIdentifier(inner)) return;
            const key = `${folder}:${inner.text}`;
            found ??= operations.get(key);
            if (seen.has(key)) return;
            seen.add(key);
            if (functions.has(key)) queue.push(functions.get(key));
            else if (
                ts.isPropertyAccessExpression(inner.parent) &&
                inner.parent.name === inner &&
                inner.parent.expression.kind === ts.SyntaxKind.ThisKeyword
            ) {
                const method = enclosingClass(node)?.members.find(
                    (member) => ts.isMethodDeclaration(member) && member.name.getText() === inner.text && member.body,
                );
                if (method) queue.push(method.body);
            }
        });
        if (found) return found;
    }
    return undefined;
}

function enclosingClass(node) {
    let up = node;
    while (up && !ts.isClassDeclaration(up)) up = up.parent;
    return up;
}

function operationOf(node) {
    if (!node || !ts.isCallExpression(node) || node.expression.getText() !== 'operation') return undefined;
    const [declared] = node.arguments;
    if (!declared || !ts.isObjectLiteralExpression(declared)) return undefined;
    const fields = Object.fromEntries(
        declared.properties
            .filter((one) => ts.isPropertyAssignment(one) && ts.isStringLiteralLike(one.initializer))
            .map((one) => [one.name.getText(), one.initializer.text]),
    );
    return fields.path === undefined ? undefined : { method: 'ANY', ...fields };
}

/** Where the emulator's sources name an operation: in a route's `operation`, or in a list that routes are made of. */
function readEmulatorRoutes() {
    const routes = [];
    const found = (pattern, toRoute, only = '') => {
        for (const { path, text, isTest, folder } of files) {
            if (folder !== 'emulator' || isTest || !path.includes(only)) continue;
            for (const match of text.matchAll(pattern)) {
                if (/^\s*\*/.test(text.slice(text.lastIndexOf('\n', match.index) + 1, match.index))) continue;
                routes.push({ ...toRoute(match[1]), where: `${shown(path)}:${lineAt(text, match.index)}` });
            }
        }
    };
    found(/operation: ['"`](\w+)/g, (operation) => ({ operation }));
    found(/['"`]([a-z]+[A-Z]\w+)\b/g, (operation) => ({ operation }), '/routes/');
    found(/hono\.all\(\s*['"`](\/\w+)/g, (prefix) => ({ prefix }));
    return routes;
}

function routeFor(operation) {
    const byName = (name) => emulatorRoutes.find((route) => route.operation === name);
    const same = [...operations.values()].filter(
        ({ method, path }) => method === operation.method && samePath(path, operation.path),
    );
    const named = [operation, ...same].map(({ name }) => byName(name)).find(Boolean);
    return (named ?? emulatorRoutes.find(({ prefix }) => prefix && operation.path.startsWith(prefix)))?.where;
}

function samePath(a, b) {
    const shape = (path) => path.replace(/\{\w+\}/g, '{}').replace(/\/$/, '');
    return shape(a) === shape(b);
}

/** The first test that calls the method: in its own package, else in the full client's, else anywhere. */
function testOf(name, folder) {
    const call = new RegExp(`[.\\]]\\s*${name}(<[^()]*>)?\\(`);
    const rank = (file) => (file.folder === folder ? 0 : file.folder === 'node' ? 1 : 2);
    const tests = files.filter(({ isTest }) => isTest).sort((a, b) => rank(a) - rank(b));
    // Also in a list of names that a loop calls: `for (const verb of ['put', …]) await nango[verb](…)`.
    const listed = new RegExp(`['"]${name}['"](?=[^\\]]*\\][^]*\\w\\[\\w+\\]\\()`);
    for (const pattern of [call, listed]) {
        for (const { path, text } of tests) {
            const match = pattern.exec(text);
            if (match) return `${shown(path)}:${lineAt(text, match.index + match[0].indexOf(name))}`;
        }
    }
    return undefined;
}

function lineAt(text, index) {
    return text.slice(0, index).split('\n').length;
}

function render() {
    const link = (where) => (where ? `[${where.replace(/^packages\//, '')}](../${where.replace(/:(\d+)$/, '#L$1')})` : '–');
    const lines = rows
        .sort((a, b) => a.package.localeCompare(b.package) || a.name.localeCompare(b.name))
        .map(({ name, where, operation, answered, test }) => {
            const route = operation ? `\`${operation.method} ${operation.path}\`` : 'no request';
            return `| \`${name}\` | ${link(where)} | ${route} | ${operation ? link(answered) : '–'} | ${link(test)} |`;
        });
    return `<!-- Made by \`pnpm methods\`; do not edit. -->
# Methods

Every method of \`Nango\`: where it is written, which HTTP route it calls, which route of the emulator answers it, and a test of it.

| Method | Source | HTTP route | Emulator | Test |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

function visit(node, callback) {
    callback(node);
    ts.forEachChild(node, (child) => visit(child, callback));
}

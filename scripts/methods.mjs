// Writes docs/methods.md: each method of the client with its signature and what it does, as its source says; in which file it is, which
// HTTP route it calls, which file of the emulator answers it, and which test calls it. The latter come from importing the client, the
// operations and the emulator's routes. With --check nothing is written; a stale page, a method without a doc comment, a method without a test, an operation that the emulator does not answer under this method and path or answers
// under another name, and two methods of one name are errors.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { importSources } from './import-sources.mjs';
import { signaturesOf } from './signatures-of.mjs';
import { packages, report, root, shown, sourcesIn } from './workspace.mjs';

const page = `${root}docs/methods.md`;
const check = process.argv.includes('--check');
const problems = [];

const files = packages.flatMap(({ folder, at }) =>
    [...sourcesIn(`${at}src`), ...sourcesIn(`${at}test`)].map((path) => ({ folder, path, isTest: /\.test\.ts$/.test(path) })),
);
const text = (path) => readFileSync(path, 'utf8');
/** Methods that call `proxy`, whose operation is theirs. */
const viaProxy = { get: 1, post: 1, put: 1, patch: 1, delete: 1 };
const anyRoute = { rawRequest: 'any', withResponse: 'those of the calls in it' };
const registering = files.filter(
    ({ folder, path, isTest }) => folder === 'emulator' && !isTest && /\/register-[^/]*$/.test(path),
);
const declaring = files.filter(({ path }) => /src\/operations\.ts$/.test(path));
const domains = packages.map(({ folder }) => folder).filter((folder) => !['core', 'emulator', 'typegen'].includes(folder));

const sources = await importSources([
    ...domains.map((folder) => `packages/${folder}/src/index.ts`),
    ...declaring.map(({ path }) => shown(path)),
    ...registering.map(({ path }) => shown(path)),
    'packages/emulator/src/emulator.ts',
    'packages/emulator/src/http/routes.ts',
]);

const operations = declaring.flatMap(({ folder, path }) =>
    Object.entries(sources[shown(path)]).map(([key, operation]) => ({ key, folder, path, operation })),
);
const routes = emulatorRoutes();
const rows = methods();
for (const { name, where, test, signatures } of rows) {
    if (!test) problems.push(`${where}: no test calls ${name}`);
    if (!signatures.some(({ summary }) => summary)) problems.push(`${where}: ${name} has no doc comment that says what it does`);
}
for (const { path, operation } of operations) {
    const route = routeFor(operation);
    const what = `${shown(path)}: ${operation.name}, ${operation.method} ${operation.path}`;
    if (!route) problems.push(`${what}: the emulator has no such route`);
    else if (!operations.some((one) => one.operation.name === route.operation && sameRoute(one.operation, operation)))
        problems.push(`${what}: the emulator calls this route ${route.operation}, which is no method of it`);
}

const rendered = render();
if (!check) writeFileSync(page, rendered);
else if (!existsSync(page) || text(page) !== rendered)
    problems.push('docs/methods.md is stale: run `pnpm methods` and commit it');
report(problems, `methods: ${rows.length}, each with one place, its route and a test`);

/** The methods of `Nango`: each belongs to one class of one package, from whose prototype it was copied. */
function methods() {
    const { Nango } = sources['packages/node/src/index.ts'];
    const classes = domains.flatMap((folder) =>
        Object.entries(sources[`packages/${folder}/src/index.ts`])
            .filter(([name, value]) => typeof value === 'function' && name !== 'Nango')
            .map(([name, value]) => ({ folder, name, names: ownMethods(value.prototype) })),
    );
    const found = [];
    for (const name of ownMethods(Nango.prototype)) {
        const all = classes.filter(({ names }) => names.includes(name));
        // Older forms of a method are in the full client: its home is the domain's package.
        const owners = all.some(({ folder }) => folder !== 'node') ? all.filter(({ folder }) => folder !== 'node') : all;
        if (owners.length === 0) continue;
        const [{ folder, name: className }] = owners;
        const packaged = new Set(owners.map((owner) => `${owner.folder} ${owner.name}`));
        if (packaged.size > 1) problems.push(`${[...packaged].join(' and ')} both have a method ${name}`);
        const declared = operations.filter(({ operation, folder: home }) => home === folder && operation.name === name);
        // First the one of the method itself, then what it asks beside it.
        declared.sort((a, b) => Number(b.key === name) - Number(a.key === name));
        const path = files.find((file) => file.folder === folder && !file.isTest && declares(file.path, className))?.path ?? '';
        found.push({
            name,
            folder,
            className,
            where: shown(path),
            signatures: signaturesOf(path, className, name),
            operations: declared.map(({ operation }) => operation),
            test: testOf(name, folder),
        });
    }
    if (found.length < 40) problems.push(`found ${found.length} methods only`);
    return found.sort((a, b) => a.folder.localeCompare(b.folder) || a.name.localeCompare(b.name));
}

function ownMethods(prototype) {
    return Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))
        .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
        .map(([name]) => name);
}

function declares(path, className) {
    return new RegExp(`^export class ${className}\\b`, 'm').test(text(path));
}

/** What each `register…` of the emulator adds, and in which file. One that only calls others comes last. */
function emulatorRoutes() {
    const { createEmulator } = sources['packages/emulator/src/emulator.ts'];
    const { Routes } = sources['packages/emulator/src/http/routes.ts'];
    const { context } = createEmulator();
    const nothing = () => undefined;
    const hono = { on: nothing, all: nothing, get: nothing, post: nothing, use: nothing };
    return registering
        .map(({ path }) => {
            const routes = new Routes(hono, context);
            const registers = Object.entries(sources[shown(path)]).filter(([name]) => name.startsWith('register'));
            for (const [, register] of registers) register(routes, context);
            return routes.list.map(({ method, path: route, operation }) => ({ method, route, operation, where: shown(path) }));
        })
        .sort((a, b) => a.length - b.length)
        .flat();
}

function shape(path) {
    return path.replace(/\{\w+\}|:\w+/g, '{}').replace(/\/$/, '');
}

function sameRoute(a, b) {
    return a.method === b.method && shape(a.path) === shape(b.path);
}

function routeFor({ method, path }) {
    return routes.find((route) => route.method.toUpperCase() === method && shape(route.route) === shape(path));
}

/** The first test that calls the method: in its own package, else in the full client's, else anywhere. */
function testOf(name, folder) {
    const rank = (file) => (file.folder === folder ? 0 : file.folder === 'node' ? 1 : 2);
    const tests = files.filter(({ isTest }) => isTest).sort((a, b) => rank(a) - rank(b));
    const patterns = [
        new RegExp(`[.\\]]\\s*${name}(<[^()]*>)?\\(`),
        // Also in a list of names that a loop calls: `for (const verb of ['put', …]) await nango[verb](…)`.
        new RegExp(`['"]${name}['"](?=[^\\]]*\\][^]*\\w\\[\\w+\\]\\()`),
    ];
    const found = tests.find(({ path }) => patterns.some((pattern) => pattern.test(text(path))));
    return found && shown(found.path);
}

function render() {
    const link = (where) => (where ? `[${where.replace(/^packages\//, '')}](../${where})` : '–');
    const lines = rows.map(({ name, where, operations, test }) => {
        const routes = operations.map(({ method, path }) => `\`${method} ${path}\``);
        const answered = [...new Set(operations.map((operation) => link(routeFor(operation)?.where)))];
        const route = routes.join(', ') || (name in viaProxy ? 'through `proxy`' : (anyRoute[name] ?? 'no request'));
        return `| \`${name}\` | ${link(where)} | ${route} | ${answered.join(', ') || '–'} | ${link(test)} |`;
    });
    return `<!-- Made by \`pnpm methods\`; do not edit. -->
# Methods

Every method of \`Nango\` with its signature and what it does, by the class and the package that it comes from. Each takes \`CallOptions\` last
(\`signal\`, \`timeout\`, \`totalTimeout\`, \`retry\`, \`rateLimit\`, \`headers\`), except those that send nothing. Parameters, units, errors and
an example of each are shown by your editor and in the [API reference](https://x-toolkit.github.io/x/).

${reference()}

## Where each method is

For contributors: the source, the HTTP route (declared in the package's \`src/operations.ts\`), the file of the emulator that answers it, and
a test.

| Method | Source | HTTP route | Emulator | Test |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

/** A block for each class: a line that says what a method does, and its signatures. */
function reference() {
    const classes = [...new Set(rows.map(({ folder, className }) => `${folder} ${className}`))];
    return classes
        .map((one) => {
            const own = rows.filter(({ folder, className }) => `${folder} ${className}` === one);
            const [folder, className] = one.split(' ');
            const methods = own.map(({ signatures }) => {
                const summary = signatures.find((signature) => signature.summary)?.summary;
                return `/** ${summary} */\n${signatures.map(({ text }) => `${text};`).join('\n')}`;
            });
            return `## \`${className}\` of \`@x/${folder}\`\n\n\`\`\`ts\n${methods.join('\n\n')}\n\`\`\``;
        })
        .join('\n\n');
}

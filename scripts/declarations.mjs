// Makes the declarations of all packages, in one pass: a task of `pnpm build`. See docs/decisions/declarations-in-one-pass.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { declarations, packages, report, root } from './workspace.mjs';

const emitted = `${root}node_modules/.cache/declarations`;
rmSync(emitted, { recursive: true, force: true });
const tsc = [`${root}node_modules/typescript-7/bin/tsc`, '-p', `${root}tsconfig.declarations.json`, '--outDir', emitted];
const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const problems = packages.flatMap((one) => {
    removeOld(`${one.at}dist`);
    return place(one);
});
report(problems, `declarations: ${packages.length} packages`);

function removeOld(dist) {
    if (!existsSync(dist)) return;
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
        if (/\.d\.c?ts$/.test(file)) rmSync(`${dist}/${file}`);
}

/**
 * Puts the declarations that a package's entry points lead to where its `exports` say they are, each with a twin for CommonJS.
 * Returns what is wrong with them: an import of something that users do not get.
 */
function place(one) {
    const problems = [];
    const entries = Object.values(declarations(one));
    const from = `${emitted}/${one.folder}/src`;
    const to = `${one.at}${dirname(declarations(one)['.'])}`;
    const modules = new Set(entries.map((file) => resolve(from, relative(to, one.at + file))));
    for (const file of modules) {
        if (!existsSync(file)) {
            problems.push(`packages/${one.folder}: "exports" lists declarations of ${relative(from, file)}, which has no source`);
            continue;
        }
        const text = readFileSync(file, 'utf8');
        const imports = importsOf(text);
        for (const { specifier } of imports) {
            if (specifier.startsWith('.')) modules.add(resolve(dirname(file), specifier.replace(/\.js$/, '.d.ts')));
            else if (!usersGet(one.manifest, specifier))
                problems.push(
                    `packages/${one.folder}: the declarations of ${relative(from, file)} import ${specifier}, which users do not get`,
                );
        }
        const target = `${to}/${relative(from, file)}`;
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
        writeFileSync(target.replace(/\.d\.ts$/, '.d.cts'), commonjs(text, imports));
    }
    return problems;
}

/**
 * What a declaration file imports, with the place of each name in its text: what stands in quotes behind `from` or `import`, outside of
 * comments. (Parsing takes fifty times as long, and would be half of the task.)
 */
function importsOf(text) {
    const tokens =
        /\/\*[\s\S]*?\*\/|\/\/.*|`(?:\\.|[^`\\])*`|(\bfrom\s*|\bimport\s*\(?\s*)?(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/g;
    return [...text.matchAll(tokens)]
        .filter(([, before]) => before !== undefined)
        .map(({ 0: whole, 2: single, 3: double, index }) => {
            const specifier = single ?? double;
            const end = index + whole.length - 1;
            return { specifier, start: end - specifier.length, end };
        });
}

/** The twin that `require` leads to: the same, but its neighbours are the twins of its neighbours. */
function commonjs(text, imports) {
    let twin = text;
    for (const { specifier, start, end } of imports.toReversed())
        if (specifier.startsWith('.')) twin = twin.slice(0, start) + specifier.replace(/\.js$/, '.cjs') + twin.slice(end);
    return twin;
}

function usersGet({ name, dependencies, peerDependencies }, specifier) {
    const from = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    if (specifier.startsWith('node:')) return builtinModules.includes(specifier.slice(5));
    return from === name || from in { ...dependencies, ...peerDependencies };
}

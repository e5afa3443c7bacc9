import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { declarations, root } from '../workspace.mjs';

/** Has tsc write a declaration file for each module of each package, in one pass, and returns the folder with them. */
export async function emitDeclarations() {
    const folder = `${root}node_modules/.cache/declarations`;
    rmSync(folder, { recursive: true, force: true });
    const tsc = `${root}node_modules/typescript-7/bin/tsc`;
    const options = ['-p', `${root}tsconfig.declarations.json`, '--outDir', folder, '--pretty', 'false'];
    try {
        await promisify(execFile)(process.execPath, [tsc, ...options]);
    } catch (error) {
        throw new Error(`tsc could not make the declarations:\n${error.stdout || error.message}`);
    }
    return folder;
}

/**
 * Puts the declarations that a package's entry points lead to where its `exports` say they are, each with a twin for CommonJS.
 * Returns what is wrong with them: an import of something that users do not get.
 */
export async function placeDeclarations(one, emitted) {
    // Loaded when needed: it takes longer than to find that nothing has to be built.
    const { importsOf } = await import('../imports-of.mjs');
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

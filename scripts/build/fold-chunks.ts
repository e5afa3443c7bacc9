import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { build } from 'esbuild';

/** As esbuild writes it: `import { a, b as c } from "./chunk-X.js"`, over several lines. */
const statement = /^import (?:\{([^}]*)\} from )?"(\.[^"]+)";$/gm;

/**
 * Puts every chunk that `index.js` needs at once into it: Node takes about a millisecond to find, read and link a file. The files that need
 * the same code (other entries, and what is loaded on demand) import it from `index.js` then, so that a class is there once.
 * Names that they share and `index.js` does not export are exported beside the others; the declarations don't show them.
 */
export async function foldChunks(outDir: string): Promise<void> {
    const read = (file: string) => readFileSync(join(outDir, file), 'utf8');
    const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    const imports = (file: string) =>
        [...read(file).matchAll(statement)].map(([, names = '', from]) => ({
            names: names.split(',').flatMap((name) => name.trim().split(' as ', 1)[0] || []),
            from: posix.join(dirname(file), from as string),
        }));
    const folded = new Set(['index.js']);
    for (const file of folded) for (const { from } of imports(file)) folded.add(from);
    if (folded.size === 1) return;

    const exported = new Map(exportsOf(read('index.js')));
    const origin = new Map(imports('index.js').flatMap(({ names, from }) => names.map((name) => [name, from] as const)));
    /** What another file imports from a folded one, and the name that it has in `index.js`. */
    const shared = new Map<string, string>();
    const others = files.filter((file) => !folded.has(file));
    for (const { names, from } of others.flatMap(imports).filter(({ from }) => folded.has(from) && from !== 'index.js')) {
        for (const name of names.filter((name) => !shared.has(`${from} ${name}`))) {
            const same = exported.get(name) === name && origin.get(name) === from;
            let alias = name;
            if (!same) for (let i = 2; exported.has(alias); i++) alias = `${name}${i}`;
            exported.set(alias, alias);
            shared.set(`${from} ${name}`, alias);
        }
    }

    const facade = [...shared].map(([key, alias]) => {
        const [from, name] = key.split(' ');
        return `export { ${name} as ${alias} } from './${from}';`;
    });
    const { outputFiles } = await build({
        stdin: { contents: ["export * from './index.js';", ...facade].join('\n'), resolveDir: outDir },
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'neutral',
        target: 'es2022',
        treeShaking: false,
        legalComments: 'inline',
        tsconfigRaw: {},
        plugins: [
            {
                name: 'folded-only',
                setup({ onResolve, onLoad }) {
                    onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
                        const file = join(resolveDir, path);
                        const within = kind === 'import-statement' && path.startsWith('.') && folded.has(relative(outDir, file));
                        return within ? { path: file } : { path, external: true };
                    });
                    // The comments that say where code is from outlive the bundler as legal ones only.
                    onLoad({ filter: /\.js$/ }, ({ path }) => ({
                        contents: readFileSync(path, 'utf8').replace(/^\/\/ (?=src\/|\.\.\/)/gm, '//! '),
                    }));
                },
            },
        ],
    });
    const text = outputFiles[0]?.text ?? '';
    writeFileSync(join(outDir, 'index.js'), text.replace(/^\/\/ .*\n/gm, '').replace(/^\/\/! /gm, '// '));
    for (const file of others) {
        writeFileSync(
            join(outDir, file),
            read(file).replace(statement, (whole, names: string | undefined, path: string) => {
                const from = posix.join(dirname(file), path);
                if (!folded.has(from)) return whole;
                if (names === undefined) return '';
                const renamed = names.replace(/(\w[\w$]*)( as [\w$]+)?/g, (_, name: string, as = '') => {
                    const alias = shared.get(`${from} ${name}`) ?? name;
                    return alias === name ? name + as : `${alias}${as || ` as ${name}`}`;
                });
                const index = posix.relative(dirname(file), 'index.js');
                return `import {${renamed}} from "${index.startsWith('.') ? index : `./${index}`}";`;
            }),
        );
    }
    for (const file of folded) if (file !== 'index.js') rmSync(join(outDir, file));
}

/**
 * One import statement for each module instead of one for each source file: a `require` costs its look-up every time.
 * `@x/core/internal` is the file of `@x/core`, under a name of its own for its declarations.
 */
export function mergeImports(code: string): string {
    const names = new Map<string, Set<string>>();
    const rest = code.replace(/^import \{([^}]*)\} from "([^"]+)";\n/gm, (_, list: string, from: string) => {
        const module = from.replace(/^@x\/core\/internal$/, '@x/core');
        const known = names.get(module) ?? new Set();
        for (const name of list.split(',')) if (name.trim()) known.add(name.trim());
        names.set(module, known);
        return '';
    });
    const imports = [...names].map(([module, known]) => `import {\n  ${[...known].join(',\n  ')}\n} from "${module}";\n`);
    return imports.join('') + rest;
}

/** The names that a module exports, each with the name that it has inside. */
function exportsOf(code: string): [string, string][] {
    const list = /^export \{([^}]*)\};$/m.exec(code)?.[1] ?? '';
    return list.split(',').flatMap((entry) => {
        const [local, as] = entry.trim().split(' as ');
        return local ? [[as ?? local, local] as [string, string]] : [];
    });
}

// Every class that a package exports prints its own name: a class that names itself within its body is built as `_Name`. Needs a build.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { packages, report } from './workspace.mjs';

const require = createRequire(import.meta.url);
const problems = [];
let classes = 0;

for (const { at, manifest } of packages) {
    const entries = new Set();
    const collect = (conditions) => {
        if (typeof conditions === 'string') entries.add(conditions);
        else for (const [name, inner] of Object.entries(conditions)) if (name !== 'types') collect(inner);
    };
    collect(manifest.exports);
    for (const entry of entries) {
        // vitest is only loaded by itself.
        if (!/\.c?js$/.test(entry) || entry.startsWith('./dist/vitest/')) continue;
        const file = `${at}${entry.slice(2)}`;
        const module = entry.endsWith('.cjs') ? require(file) : await import(pathToFileURL(file).href);
        for (const [name, value] of Object.entries(module)) {
            if (typeof value !== 'function' || !/^class\b/.test(Function.prototype.toString.call(value))) continue;
            classes++;
            if (value.name !== name) problems.push(`${manifest.name} ${entry}: ${name} prints as ${value.name}`);
        }
    }
}

report(problems, `class names: ${classes} exported classes print their own`);

// What every published package must say and hold alike, and what changesets must find. With --write it is put right where that needs no thought.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packages, report, root } from './workspace.mjs';

/** Bun and Deno match `node` too, and the first match wins: the order decides which transport is used. */
const variants = ['types', 'workerd', 'edge-light', 'bun', 'deno', 'browser', 'node', 'default'];
const uniform = ['types', 'default'];
const problems = [];

const write = process.argv.includes('--write');
const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const page = repository.url.replace(/^git\+|\.git$/g, '');

/** Pages link to the repository, its releases and its site by their whole address. */
const former = packages[0].manifest.repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, '');
const current = repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, '');
const siteOf = (name) => `https://${name.replace('/', '.github.io/')}/`;
if (write && former !== current) {
    const pages = ['README.md', 'SECURITY.md', 'SUPPORT.md', 'scripts/methods.mjs', ...pagesIn('docs')];
    for (const { folder } of packages) pages.push(`packages/${folder}/README.md`);
    for (const path of pages.map((name) => root + name)) {
        const text = readFileSync(path, 'utf8');
        const moved = text
            .replaceAll(`github.com/${former}`, `github.com/${current}`)
            .replaceAll(siteOf(former), siteOf(current));
        if (moved !== text) writeFileSync(path, moved);
    }
}
for (const { folder, at, manifest } of packages) {
    const expected = {
        name: `@x/${folder}`,
        license: 'MIT',
        repository: { ...repository, directory: `packages/${folder}` },
        homepage: `${page}/tree/main/packages/${folder}#readme`,
        bugs: `${page}/issues`,
        type: 'module',
        sideEffects: false,
        engines: { node: '^20.19 || >=22.12' },
        files: [...(manifest.bin ? ['bin'] : []), 'dist', 'CHANGELOG.md', 'NOTICE'],
    };
    for (const [field, value] of Object.entries(expected)) {
        if (JSON.stringify(manifest[field]) === JSON.stringify(value)) continue;
        if (write) manifest[field] = value;
        else problems.push(`packages/${folder}: "${field}" is ${JSON.stringify(manifest[field])}, not ${JSON.stringify(value)}`);
    }
    if (write) writeFileSync(`${at}package.json`, `${JSON.stringify(inOrder(manifest), null, 2)}\n`);
    for (const file of ['LICENSE', 'NOTICE']) {
        const text = readFileSync(root + file, 'utf8');
        if (existsSync(at + file) && readFileSync(at + file, 'utf8') === text) continue;
        if (write) writeFileSync(at + file, text);
        else problems.push(`packages/${folder}/${file} is not the root's: run \`node scripts/check-manifests.mjs --write\``);
    }
    if (!existsSync(`${at}CHANGELOG.md`)) problems.push(`packages/${folder} has no CHANGELOG.md`);
    if (manifest.private) problems.push(`packages/${folder} is private`);
    if (!existsSync(`${at}README.md`)) problems.push(`packages/${folder} has no README.md`);
    for (const [path, target] of Object.entries(manifest.exports)) {
        if (path.endsWith('.json')) continue;
        for (const kind of ['import', 'require']) checkConditions(`packages/${folder} ${path} ${kind}`, target[kind], kind);
    }
    // Where TypeScript does not read `exports` (moduleResolution node).
    const subPaths = Object.entries(manifest.exports).filter(([path]) => path !== '.' && !path.endsWith('.json'));
    const types = Object.fromEntries(subPaths.map(([path, { require }]) => [path.slice('./'.length), [require.types]]));
    if (JSON.stringify(manifest.typesVersions?.['*'] ?? {}) !== JSON.stringify(types))
        problems.push(`packages/${folder}: "typesVersions" must be ${JSON.stringify({ '*': types })}`);
}
for (const file of readdirSync(`${root}.changeset`).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
    const [, header = ''] = readFileSync(`${root}.changeset/${file}`, 'utf8').split('---\n');
    for (const [, name] of header.matchAll(/^["']?([^"':\n]+)["']?:/gm)) {
        if (!packages.some(({ manifest }) => manifest.name === name))
            problems.push(`.changeset/${file} is about ${name}, which is not published`);
    }
}
report(problems, `manifests: ${packages.length}, all alike where they must be`);

function checkConditions(where, target, kind) {
    const found = Object.keys(target ?? {});
    const order = found.includes('node') ? variants : uniform;
    if (found.join() !== order.join())
        problems.push(`${where}: conditions are ${found.join(', ')}; they must be ${order.join(', ')}`);
    const extension = kind === 'import' ? { types: '.d.ts', code: '.js' } : { types: '.d.cts', code: '.cjs' };
    for (const [condition, path] of Object.entries(target ?? {})) {
        const right = condition === 'types' ? extension.types : extension.code;
        if (!path.endsWith(right)) problems.push(`${where} ${condition}: ${path} does not end with ${right}`);
        if (condition === 'types' || order === uniform) continue;
        const folder = condition === 'node' ? 'dist/node/' : 'dist/portable/';
        if (!path.includes(folder)) problems.push(`${where} ${condition}: ${path} is not in ${folder}`);
    }
}

function pagesIn(folder) {
    return readdirSync(root + folder)
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${folder}/${name}`);
}

/** What a reader of a manifest looks for first comes first. */
function inOrder(manifest) {
    const first = ['name', 'version', 'description', 'keywords', 'license', 'repository', 'homepage', 'bugs'];
    const known = first.filter((field) => field in manifest).map((field) => [field, manifest[field]]);
    return { ...Object.fromEntries(known), ...manifest };
}

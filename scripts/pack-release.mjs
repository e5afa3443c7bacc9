// Packs a release: `node scripts/pack-release.mjs <folder>`, after a build. It needs no token; what it leaves in the folder is all that
// the jobs that publish get:
//
//   x-core-1.0.0.tgz …        every package
//   publish.txt               what the registry does not have yet, dependencies first: `@x/core@1.0.0 x-core-1.0.0.tgz`
//   notes/x-core-1.0.0.md     what its changelog says of the version, and the command that installs it by URL
//   assets/x-core-1.0.0.txt   its tarball and those of the packages of ours that it needs: what that command installs
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { packages, root } from './workspace.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/pack-release.mjs <folder>');
const into = resolve(folder);
const { GITHUB_REPOSITORY, GITHUB_OUTPUT } = process.env;
const byName = new Map(packages.map((one) => [one.manifest.name, one]));

for (const { manifest } of packages) {
    const { name, repository } = manifest;
    if (GITHUB_REPOSITORY && !repository?.url.endsWith(`/${GITHUB_REPOSITORY}.git`))
        throw new Error(
            `${name} says it comes from ${repository?.url}, not ${GITHUB_REPOSITORY}: the registry would refuse its provenance`,
        );
}
mkdirSync(`${into}/notes`, { recursive: true });
mkdirSync(`${into}/assets`, { recursive: true });
run('pnpm', ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', into]);

const lines = dependenciesFirst().filter((one) => !isPublished(one));
for (const one of lines) {
    const tarballs = [one, ...needs(one)].map((other) => `${fileOf(other)}.tgz`);
    writeFileSync(`${into}/notes/${fileOf(one)}.md`, notesOf(one) + byUrl(one, tarballs));
    writeFileSync(`${into}/assets/${fileOf(one)}.txt`, tarballs.map((tarball) => `${tarball}\n`).join(''));
}
writeFileSync(`${into}/publish.txt`, lines.map((one) => `${idOf(one)} ${fileOf(one)}.tgz\n`).join(''));
if (GITHUB_OUTPUT) writeFileSync(GITHUB_OUTPUT, `count=${lines.length}\n`, { flag: 'a' });
console.log(
    lines.length > 0 ? `to publish: ${lines.map(idOf).join(', ')}` : 'nothing to publish: the registry has every version',
);

function idOf({ manifest }) {
    return `${manifest.name}@${manifest.version}`;
}

function fileOf({ manifest }) {
    return `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}`;
}

/** The packages of ours that a package needs, and those that they need. */
function needs({ manifest }, found = new Set()) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
        const other = byName.get(name);
        if (!other || found.has(other)) continue;
        needs(other, found);
        found.add(other);
    }
    return [...found];
}

function dependenciesFirst() {
    return [...new Set(packages.flatMap((one) => [...needs(one), one]))];
}

function isPublished(one) {
    const { status, stdout, stderr } = spawnSync('npm', ['view', idOf(one), 'version'], { encoding: 'utf8' });
    if (status === 0) return stdout.trim() !== '';
    if (stderr.includes('E404')) return false;
    throw new Error(`can't ask the registry about ${idOf(one)}: ${stderr}`);
}

function notesOf({ at, manifest }) {
    const [, section = ''] = readFileSync(`${at}CHANGELOG.md`, 'utf8').split(`\n## ${manifest.version}\n`);
    const notes = section.split('\n## ')[0].trim();
    if (!notes) throw new Error(`${at}CHANGELOG.md says nothing of ${manifest.version}`);
    return `${notes}\n`;
}

function byUrl(one, tarballs) {
    const release = `${one.manifest.repository.url.replace(/^git\+|\.git$/g, '')}/releases/download/${idOf(one)}`;
    return `\nInstall by URL:\n\n    npm install ${tarballs.map((tarball) => `${release}/${tarball}`).join(' ')}\n`;
}

function run(program, args) {
    const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
}

// Which package may know which, and which file within a package: see "Packages" and "Floors" in docs/architecture.md.
// Siblings never import each other, and no import goes up.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, resolve } from 'node:path';
import { checkFloors, deadLinks, readFloors } from './floors.mjs';
import { importsOf } from './imports-of.mjs';
import { packages, report, shown, sourcesIn } from './workspace.mjs';

const siblings = ['actions', 'connect', 'connections', 'integrations', 'proxy', 'syncs'];

/** Folder → the packages of ours that its published code may import. */
const mayImport = {
    core: [],
    webhooks: [],
    emulator: [],
    typegen: ['core', 'integrations'],
    ...Object.fromEntries(siblings.map((folder) => [folder, ['core']])),
    node: ['core', 'webhooks', ...siblings],
};

/** Third-party code that is bundled into the published files, so users install nothing. */
const mayBundle = { core: ['ky', 'proxy-from-env', 'http-proxy-agent', 'https-proxy-agent'], webhooks: ['@noble/hashes'] };

/** An import that stands for a file, by the runtime that is built for. */
const aliases = {
    core: { '#platform': ['platform/node.ts', 'platform/fetch.ts'] },
    webhooks: { '#hmac': ['hmac/node.ts', 'hmac/portable.ts'] },
};

const floors = readFloors();

const isTest = (file) => /\.(test|bench)\.tsx?$/.test(file) || file.includes('/test/') || file.includes('/testing/');
const problems = deadLinks();

for (const { folder, at, manifest } of packages) {
    const allowed = mayImport[folder];
    if (allowed === undefined) {
        problems.push(`packages/${folder}: say in scripts/check-dependencies.mjs what it may import`);
        continue;
    }
    checkManifest(folder, manifest, allowed);
    for (const file of [...sourcesIn(`${at}src`), ...sourcesIn(`${at}test`)]) {
        for (const { specifier } of importsOf(readFileSync(file, 'utf8')))
            checkImport({ folder, at, manifest, allowed, file, specifier });
    }
    const standsFor = Object.entries(aliases[folder] ?? {}).map(([name, files]) => [
        name,
        files.map((file) => `${at}src/${file}`),
    ]);
    problems.push(
        ...checkFloors({
            folder,
            at,
            files: sourcesIn(`${at}src`),
            floors: floors.get(folder),
            aliases: Object.fromEntries(standsFor),
        }),
    );
}

report(problems, `dependencies: ${packages.length} packages, each knows only those that it may, and no import goes up`);

function checkManifest(folder, { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }, allowed) {
    const ours = Object.keys(dependencies).filter((name) => name.startsWith('@x/'));
    const others = Object.keys(dependencies).filter((name) => !name.startsWith('@x/'));
    for (const name of ours) {
        if (!allowed.includes(name.slice(3))) problems.push(`packages/${folder} must not depend on ${name}`);
        // Core's lower bound is said: it is raised by hand or by changesets, when something newer is used, and not by each release.
        const right = name === '@x/core' ? /^workspace:\^\d+\.\d+\.\d+$/ : /^workspace:\^$/;
        if (!right.test(dependencies[name]))
            problems.push(`packages/${folder}: ${name} is ${dependencies[name]}, must fit ${right}`);
    }
    if (others.length > 0 && !['emulator', 'typegen'].includes(folder))
        problems.push(`packages/${folder}: third-party run-time dependencies: ${others.join(', ')}`);
    for (const name of Object.keys(peerDependencies)) {
        if (!peerDependenciesMeta[name]?.optional) problems.push(`packages/${folder}: the peer ${name} must be optional`);
    }
}

function checkImport({ folder, at, manifest, allowed, file, specifier }) {
    const where = shown(file);
    if (specifier.startsWith('#')) return;
    if (specifier.startsWith('.')) {
        const target = resolve(dirname(file), specifier);
        // Shared fixtures of tests may lie elsewhere in the repository; published code may not.
        if (!target.startsWith(at) && !isTest(file)) problems.push(`${where} reaches out of its package: ${specifier}`);
        return;
    }
    if (isTest(file)) return;
    const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
    if (name.startsWith('@x/')) {
        if (!allowed.includes(name.slice(3)) && name !== manifest.name) problems.push(`${where} must not import ${name}`);
        else if (name === manifest.name) problems.push(`${where} imports its own package by name`);
        else if (!manifest.dependencies?.[name]) problems.push(`${where} imports ${name}, which is not among its dependencies`);
        return;
    }
    if (specifier.startsWith('node:')) return;
    if (builtinModules.includes(name)) {
        problems.push(`${where}: write node:${specifier}`);
        return;
    }
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    if (!declared[name] && !mayBundle[folder]?.includes(name)) problems.push(`${where} imports ${name}, which users do not get`);
}

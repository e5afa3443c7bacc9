import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { importsOf } from './imports-of.mjs';
import { root, shown } from './workspace.mjs';

const page = `${root}docs/architecture.md`;
const isTest = (file) => /\.(test|bench)\.tsx?$/.test(file) || file.includes('/testing/');

/**
 * The floors of every package, as docs/architecture.md shows them: a code block that begins with "```floors <package>", one floor a
 * line from the top down, each with its rooms and what they are for:
 *
 *     retry, redis       whether to send again; the shared rate limit
 *
 * A room is a folder or a file (without `.ts`) of the package's `src`, a `*` in it stands for any name: the one with the most parts
 * counts that fits, then the longest. A `*` alone takes the rest.
 */
export function readFloors(text = readFileSync(page, 'utf8')) {
    const blocks = text.matchAll(/^```floors (\S+)\n([\s\S]*?)^```$/gm);
    return new Map([...blocks].map(([, folder, lines]) => [folder, lines.trim().split('\n').map(roomsOf)]));
}

/** What `sourcesIn` found of one package, against its floors: imports that go up or sideways, types too, and circles among files. */
export function checkFloors({ folder, at, files, floors, aliases = {} }) {
    if (!floors) return [`packages/${folder}: show its floors in ${shown(page)}`];
    const src = `${at}src/`;
    const arrows = new Map(files.filter((file) => !isTest(file)).map((file) => [file, importsWithin(file, aliases)]));
    const problems = [];
    const used = new Set();
    for (const [file, targets] of arrows) {
        const from = roomOf(relative(src, file), floors);
        if (!from) {
            problems.push(`${shown(file)}: say in ${shown(page)} on which floor of packages/${folder} it is`);
            continue;
        }
        used.add(from.name);
        for (const target of targets) {
            const to = arrows.has(target) && roomOf(relative(src, target), floors);
            if (!to || to.name === from.name || to.floor > from.floor) continue;
            const way = to.floor === from.floor ? `across, to "${to.name}"` : `up, from "${from.name}" to "${to.name}"`;
            problems.push(`${shown(file)} imports ${shown(target)}, which goes ${way}: see the floors in ${shown(page)}`);
        }
    }
    for (const name of floors.flat()) {
        if (!used.has(name)) problems.push(`${shown(page)}: packages/${folder} has no "${name}"`);
    }
    return [...problems, ...circlesIn(arrows)];
}

function roomsOf(line) {
    return line
        .split(/\s{2,}/)[0]
        .split(',')
        .map((room) => room.trim());
}

function roomOf(path, floors) {
    const name = path.replace(/\.[mc]?tsx?$/, '');
    const rooms = floors.flatMap((names, floor) => names.map((room) => ({ name: room, floor })));
    return rooms.filter((room) => fits(room.name, name)).sort((a, b) => rank(b.name) - rank(a.name))[0];
}

const fits = (room, name) => room === '*' || new RegExp(`^${room.replaceAll('*', '[^/]*')}(?:/|$)`).test(name);
const rank = (room) => (room === '*' ? 0 : room.split('/').length * 1000 + room.length);

/** Type imports are imports: who knows a type knows the file. An alias such as `#platform` stands for the files that it may be. */
function importsWithin(file, aliases) {
    return importsOf(readFileSync(file, 'utf8')).flatMap(({ specifier }) => {
        if (aliases[specifier]) return aliases[specifier];
        if (!specifier.startsWith('.')) return [];
        const target = resolve(dirname(file), specifier).replace(/\.js$/, '');
        return [`${target}.ts`, `${target}.tsx`].find(existsSync) ?? [];
    });
}

function circlesIn(arrows) {
    const problems = [];
    const done = new Set();
    const visit = (file, way) => {
        const back = way.indexOf(file);
        if (back >= 0) problems.push(`a circle of imports: ${[...way.slice(back), file].map(shown).join(' → ')}`);
        if (back >= 0 || done.has(file)) return;
        for (const target of arrows.get(file) ?? []) visit(target, [...way, file]);
        done.add(file);
    };
    for (const file of arrows.keys()) visit(file, []);
    return problems;
}

/** Links of the page that lead nowhere: where a newcomer looks must be there. */
export function deadLinks() {
    const targets = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
    return targets
        .filter((target) => !existsSync(resolve(dirname(page), target)))
        .map((target) => `${shown(page)}: ${target} is not there`);
}

import {
    appendFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../harness/paths.js';
import type { Registry } from '../harness/registry.js';
import { run } from '../harness/run.js';
import type { Packed } from '../harness/tarballs.js';

/** A copy of what a release needs of this repository, in which versions may be raised and published without a trace here. */
export class WorkspaceCopy {
    readonly folder: string;
    readonly #registry: Registry;

    private constructor(folder: string, registry: Registry) {
        this.folder = folder;
        this.#registry = registry;
    }

    static async create(packed: readonly Packed[], registry: Registry): Promise<WorkspaceCopy> {
        if (new URL(registry.url).hostname !== '127.0.0.1') throw new Error('a rehearsal publishes to loopback only');
        const folder = mkdtempSync(join(tmpdir(), 'release-'));
        const copy = new WorkspaceCopy(folder, registry);
        writeFileSync(join(folder, 'package.json'), '{"name":"rehearsal","private":true,"type":"module"}');
        for (const script of ['pack-release.mjs', 'workspace.mjs'])
            cpSync(`${root}scripts/${script}`, join(folder, 'scripts', script));
        writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: [packages/*]\n');
        // By its lock file changesets knows that pnpm publishes here: npm would leave `workspace:^` as it is.
        cpSync(`${root}pnpm-lock.yaml`, join(folder, 'pnpm-lock.yaml'));
        writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\nrelease-*\n');
        mkdirSync(join(folder, '.changeset'));
        cpSync(`${root}.changeset/config.json`, join(folder, '.changeset/config.json'));
        for (const one of packed) {
            const from = `${root}packages/${one.folder}/`;
            const to = join(folder, 'packages', one.folder);
            mkdirSync(join(to, 'node_modules/@x'), { recursive: true });
            for (const file of readdirSync(from).filter((name) => /^(package\.json|dist|bin|LICENSE|NOTICE|.*\.md)$/.test(name)))
                cpSync(from + file, join(to, file), { recursive: true });
            // Named in each manifest, this registry wins over whatever the machine's settings say.
            const manifest = {
                ...JSON.parse(readFileSync(`${from}package.json`, 'utf8')),
                publishConfig: { registry: registry.url },
            };
            writeFileSync(join(to, 'package.json'), JSON.stringify(manifest, null, 2));
            // Where pnpm looks for the version that `workspace:^` stands for.
            for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((one) =>
                one.startsWith('@x/'),
            ))
                symlinkSync(join(folder, 'packages', name.slice(3)), join(to, 'node_modules', name));
        }
        await copy.#git('init', '--quiet', '--initial-branch', 'main');
        await copy.#commit('start');
        return copy;
    }

    /** Adds a changeset: package → kind of release. */
    async change(releases: Record<string, 'major' | 'minor' | 'patch'>, summary: string): Promise<void> {
        const lines = Object.entries(releases).map(([name, kind]) => `"${name}": ${kind}`);
        writeFileSync(join(this.folder, '.changeset/change.md'), `---\n${lines.join('\n')}\n---\n\n${summary}\n`);
        await this.#commit('change');
    }

    /** Raises versions and writes changelogs, as the release workflow's pull request does. */
    async version(): Promise<void> {
        await this.#changeset('version');
        await this.#commit('version');
    }

    /** Packs what the registry does not have yet, as the release workflow's job without powers does; returns where it is. */
    async pack(): Promise<string> {
        const release = mkdtempSync(join(this.folder, 'release-'));
        await run(process.execPath, ['scripts/pack-release.mjs', release], { cwd: this.folder, env: this.#registry.env });
        return release;
    }

    /** Packs, and has the release workflow's own script publish the tarballs, with nothing else around; returns its output. */
    async publish(): Promise<string> {
        const release = await this.pack();
        const { stdout, stderr } = await run('bash', ['-e', '-c', publishScript()], { cwd: release, env: this.#registry.env });
        return stdout + stderr;
    }

    versionOf(folder: string): string {
        return JSON.parse(this.read(`packages/${folder}/package.json`)).version;
    }

    /** Adds to a built file what the next version has. */
    append(path: string, text: string): void {
        appendFileSync(join(this.folder, path), text);
    }

    read(path: string): string {
        return readFileSync(join(this.folder, path), 'utf8');
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    async #changeset(command: string): Promise<string> {
        const { stdout, stderr } = await run(process.execPath, [`${root}node_modules/@changesets/cli/bin.js`, command], {
            cwd: this.folder,
            env: { ...this.#registry.env, ...author },
        });
        return stdout + stderr;
    }

    async #commit(message: string): Promise<void> {
        await this.#git('add', '--all');
        await this.#git('commit', '--quiet', '--allow-empty', '--message', message);
    }

    async #git(...args: string[]): Promise<void> {
        await run('git', args, { cwd: this.folder, env: author });
    }
}

const author = {
    GIT_AUTHOR_NAME: 'rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@example.com',
    GIT_COMMITTER_NAME: 'rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@example.com',
    GIT_CONFIG_GLOBAL: '/dev/null',
};

function publishScript(): string {
    const { jobs } = parse(readFileSync(`${root}.github/workflows/release.yml`, 'utf8'));
    return jobs.publish.steps.find(({ name }: { name?: string }) => name === 'publish').run;
}

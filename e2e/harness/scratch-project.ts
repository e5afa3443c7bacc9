import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type RunOptions, run } from './run.js';
import type { Packed } from './tarballs.js';

export interface ScratchOptions {
    /** Which of our packages the project asks for. */
    install: readonly string[];
    /** Every package of ours that npm may meet: their tarballs stand in for the registry. */
    packed: readonly Packed[];
    /** Other packages, as in `dependencies`. */
    dependencies?: Record<string, string>;
    type?: 'module' | 'commonjs';
    /** Added to npm's environment, e.g. another registry. */
    env?: Record<string, string>;
}

/** A user's project outside this repository, made with npm. */
export class ScratchProject {
    private constructor(readonly folder: string) {}

    static async create({
        install,
        packed,
        dependencies = {},
        type = 'module',
        env = {},
    }: ScratchOptions): Promise<ScratchProject> {
        const project = new ScratchProject(mkdtempSync(join(tmpdir(), 'scratch-')));
        const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
        const asked = Object.fromEntries(install.map((name) => [name, tarballs[name] as string]));
        project.write({
            'package.json': JSON.stringify({
                name: 'scratch',
                private: true,
                type,
                dependencies: { ...asked, ...dependencies },
                // Our packages depend on one another by range; nothing of ours is fetched from a registry.
                overrides: tarballs,
            }),
        });
        const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
        await project.run('npm', ['install', ...flags], { timeout: 300_000, env });
        return project;
    }

    /** Writes files, given as path → text. */
    write(files: Record<string, string>): void {
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(this.folder, path)), { recursive: true });
            writeFileSync(join(this.folder, path), text);
        }
    }

    path(...parts: string[]): string {
        return join(this.folder, ...parts);
    }

    async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
        return (await run(program, args, { cwd: this.folder, ...options })).stdout;
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

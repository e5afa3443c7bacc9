import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bringBuildUpToDate } from '../../scripts/build/bring-up-to-date.js';
import { here } from './paths.js';
import { ScratchProject } from './scratch-project.js';
import { isLibrary, type Packed, packAll } from './tarballs.js';

declare module 'vitest' {
    interface ProvidedContext {
        packed: Packed[];
        /** Folder of a project that has every package but the commands, and the optional peers of sub-paths. */
        project: string;
        /** Folder of a project that has the commands, the emulator among them. */
        emulatorProject: string;
    }
}

/** Builds what has changed, packs everything once, and installs it the way users do. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
    await bringBuildUpToDate();
    const destination = mkdtempSync(join(tmpdir(), 'packed-'));
    const packed = await packAll(destination);
    const install = packed.filter(isLibrary).map(({ name }) => name);
    const peers = Object.assign({}, ...packed.filter(isLibrary).map(({ manifest }) => manifest.peerDependencies));
    const [project, emulatorProject] = await Promise.all([
        ScratchProject.create({ install, packed, dependencies: peers }),
        ScratchProject.create({ install: packed.filter((one) => !isLibrary(one)).map(({ name }) => name), packed }),
    ]);
    // Inside the project, so that its imports find what npm installed.
    cpSync(`${here}conformance`, project.path('conformance'), { recursive: true });
    provide('packed', packed);
    provide('project', project.folder);
    provide('emulatorProject', emulatorProject.folder);
    return () => {
        rmSync(destination, { recursive: true, force: true });
        project.remove();
        emulatorProject.remove();
    };
}

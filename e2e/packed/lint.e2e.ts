import { describe, expect, inject, test } from 'vitest';
import { root } from '../harness/paths.js';
import { attempt } from '../harness/run.js';

/** What a resolver and a package registry see of each tarball. */
describe.each(inject('packed'))('$name', ({ tarball }) => {
    test('resolves to matching code and declarations from ESM, CommonJS and bundlers', async () => {
        // `node16` profile: Node ≥ 16 and bundlers. TypeScript's old `node10` resolution can't see sub-paths of `exports`.
        const { code, stdout, stderr } = await attempt(
            'pnpm',
            ['exec', 'attw', tarball, '--profile', 'node16', '--format', 'ascii'],
            {
                cwd: root,
            },
        );
        expect(code, stdout + stderr).toBe(0);
    });

    test('has a manifest that publint finds no fault in', async () => {
        const { code, stdout, stderr } = await attempt('pnpm', ['exec', 'publint', 'run', tarball, '--strict'], { cwd: root });
        expect(code, stdout + stderr).toBe(0);
    });
});

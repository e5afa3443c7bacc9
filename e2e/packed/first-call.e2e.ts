import { readFileSync } from 'node:fs';
import { expect, inject, onTestFinished, test } from 'vitest';
import { here } from '../harness/paths.js';
import { ScratchProject } from '../harness/scratch-project.js';

const page = readFileSync(`${here}../docs/quick-start.md`, 'utf8');
/** ``Save this as `x.mjs` ``, its code, and what the page says that it prints. */
const programs = [...page.matchAll(/Save this as `([\w.-]+)`.*?```(?:ts|js)\n(.*?)```.*?```text\n(.*?)```/gs)].map(
    ([, file, code, output]) => ({ file: file as string, code: code as string, output: output as string }),
);

test.each(['first-call.mjs', 'first-call.cjs'])('%s of the quick start prints what the page says', async (file) => {
    const program = programs.find((one) => one.file === file);
    expect(program, 'the page has no such program').toBeDefined();
    const project = await ScratchProject.create({ install: ['@x/node', '@x/emulator'], packed: inject('packed') });
    onTestFinished(() => project.remove());
    project.write({ [file]: program?.code ?? '' });
    expect(await project.run(process.execPath, [file])).toBe(program?.output);
});

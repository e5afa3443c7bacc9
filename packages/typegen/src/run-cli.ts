import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createTwoFilesPatch } from 'diff';
import type { DescribedIntegration } from './described.js';
import { readEnvironment } from './read/read-environment.js';
import { readFolder } from './read/read-folder.js';
import { generateTypes } from './render/generate-types.js';
import { selectIntegrations } from './select-integrations.js';
import { TypegenError } from './typegen-error.js';

/** What the command knows of the process. */
export interface CliContext {
    env: Record<string, string | undefined>;
    out(text: string): void;
    error(text: string): void;
}

interface Flags {
    out?: string;
    folder?: string;
    check?: true;
    integration?: string[];
}

const shownDiffLines = 40;

/**
 * Runs the command.
 * @returns the exit code: 0, or 1 when something is wrong or, with `--check`, when the file is stale
 */
export async function runCli(args: string[], { env, out, error }: CliContext): Promise<0 | 1> {
    const command = new Command('nango-typegen')
        .description('Writes TypeScript types of your Nango integrations: models, actions, metadata.')
        .option('-o, --out <file>', 'file to write; without it the types are printed')
        .option(
            '-f, --folder <folder>',
            'read a nango-integrations folder (after `nango compile`) instead of a running environment',
        )
        .option('-i, --integration <id...>', 'only these integrations')
        .option('--check', 'write nothing; exit with 1 and a diff when the file is stale')
        .addHelpText(
            'after',
            '\nEnvironment:\n  NANGO_API_KEY  API key of the environment\n  NANGO_HOST     origin of the server (default https://api.nango.dev)',
        )
        .allowExcessArguments(false)
        .exitOverride()
        .configureOutput({ writeOut: out, writeErr: error });
    try {
        command.parse(args, { from: 'user' });
        return await run(command.opts<Flags>(), { env, out, error });
    } catch (problem) {
        if (problem instanceof CommanderError) return problem.exitCode === 0 ? 0 : 1;
        if (!(problem instanceof TypegenError)) throw problem;
        error(`${problem.message}\n`);
        return 1;
    }
}

async function run(flags: Flags, context: CliContext): Promise<0 | 1> {
    if (flags.check && flags.out === undefined) throw new TypegenError('--check needs --out: the file to compare with.');
    if (flags.out === '' || flags.out === '-')
        throw new TypegenError('--out needs the name of a file; without it the types are printed.');
    const { code, warnings } = await generateTypes(selectIntegrations(await read(flags, context.env), flags.integration));
    for (const warning of warnings) context.error(`warning: ${warning}\n`);
    if (flags.out === undefined) {
        context.out(code);
        return 0;
    }
    const present = await readIfThere(flags.out);
    if (present === code) return say(context, `${flags.out} is up to date.`, 0);
    if (flags.check && present === undefined) return say(context, `${flags.out} does not exist: run this without --check.`, 1);
    if (flags.check) return say(context, `${flags.out} is stale.\n${shortDiff(flags.out, present as string, code)}`, 1);
    await write(flags.out, code);
    return say(context, `${flags.out} is written.`, 0);
}

function read({ folder }: Flags, env: CliContext['env']): Promise<DescribedIntegration[]> {
    if (folder !== undefined) return readFolder(folder);
    return readEnvironment({ apiKey: env.NANGO_API_KEY ?? '', host: env.NANGO_HOST || undefined });
}

function say({ error }: CliContext, text: string, exitCode: 0 | 1): 0 | 1 {
    error(`${text}\n`);
    return exitCode;
}

function shortDiff(file: string, present: string, code: string): string {
    const lines = createTwoFilesPatch(file, file, present, code, 'present', 'should be', { context: 1 }).split('\n').slice(1);
    const rest = lines.length - shownDiffLines;
    return `${lines.slice(0, shownDiffLines).join('\n')}${rest > 0 ? `\n… and ${rest} more lines` : ''}`;
}

async function readIfThere(file: string): Promise<string | undefined> {
    try {
        // Git for Windows may have changed the line ends.
        return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new TypegenError(`${file} can't be read: ${(error as Error).message}`);
    }
}

async function write(file: string, code: string): Promise<void> {
    try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, code);
    } catch (error) {
        throw new TypegenError(`${file} can't be written: ${(error as Error).message}`);
    }
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ActionError, ActionFailure } from './actions/action-error.js';
import { suggestion } from './base/nearest.js';
import type { Seed } from './seed/seed.js';
import { type RunningEmulator, startedByCommand } from './start-emulator.js';

const usage = `Nango's HTTP API on loopback.

Usage: nango-emulator [options]

  --port <n>                   port to listen on; 0 = any free one (default 3003)
  --host <address>             loopback address to listen on (default 127.0.0.1)
  --api-key <uuid>             the environment's API key (default: a fixed, documented one)
  --webhook-signing-key <key>  what webhooks are signed with (default: a fixed, documented one)
  --webhook-url <url>          where webhooks go (default: none are sent)
  --seed <file>                JSON file with the state to start with
  --providers <file>           a providers.yaml that replaces the built-in catalogue
  --functions <module>         module whose default export (emulator, { ActionError }) defines syncs and actions
  --rate-limit <n>             requests a minute (default 10000; the server's own default is 200)
  --upstream <origin>          origin that the proxy and webhooks may reach; repeatable; '*' = any, loopback too
  --allow-origin <origin>      origin of web pages that may use the emulator, e.g. of a hosted editor; repeatable
  --allow-host <name>          name that requests may carry in Host, e.g. of a tunnel or a container; repeatable
  --quiet                      no line for each request
  --help                       this text

The first line on stdout is JSON: { "url", "apiKey", "webhookSigningKey" }.
`;

/** For the README, too. */
export const options = {
    port: { type: 'string' },
    host: { type: 'string' },
    'api-key': { type: 'string' },
    'webhook-signing-key': { type: 'string' },
    'webhook-url': { type: 'string' },
    seed: { type: 'string' },
    providers: { type: 'string' },
    functions: { type: 'string' },
    'rate-limit': { type: 'string' },
    upstream: { type: 'string', multiple: true },
    'allow-origin': { type: 'string', multiple: true },
    'allow-host': { type: 'string', multiple: true },
    quiet: { type: 'boolean' },
    help: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

/** What is wrong with the command line; printed without a stack. */
class UsageError extends Error {
    override name = 'UsageError';
}

/** Where the command writes. */
export interface CliOutput {
    out(text: string): void;
    error(text: string): void;
}

/**
 * Run the command.
 * @returns the emulator that listens; undefined after `--help`, or when something was wrong, which is printed on `error`
 */
export async function runCli(args: string[], output: CliOutput): Promise<RunningEmulator | undefined> {
    try {
        return await run(args, output);
    } catch (error) {
        const { name, message, code } = error as Error & { code?: string };
        const hint = code === 'EADDRINUSE' ? ' Choose another with --port, or 0 for any.' : '';
        const plain = ['Error', 'TypeError', 'UsageError', 'SeedError', 'ProvidersFileError', 'UpstreamOptionError'].includes(
            name,
        );
        output.error(`${plain ? '' : `${name}: `}${inWordsOfTheCommand(message)}${hint}\n`);
        return undefined;
    }
}

/** What is wrong with an option is named as the command names it: `webhookUrl: …` is `--webhook-url: …`. */
function inWordsOfTheCommand(message: string): string {
    return message.replace(/^[a-z]+(?:[A-Z][a-z]+)*(?=:| must )/gm, (name) => {
        const own = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        return Object.hasOwn(options, own) ? `--${own}` : name;
    });
}

async function run(args: string[], output: CliOutput): Promise<RunningEmulator | undefined> {
    refuseUnknown(args);
    const { values } = parseArgs({ args, options });
    if (values.help) {
        output.out(usage);
        return undefined;
    }
    const emulator = await startedByCommand({
        port: count(values.port, '--port', 0, 65_535),
        host: values.host,
        apiKey: values['api-key'],
        webhookSigningKey: values['webhook-signing-key'],
        webhookUrl: values['webhook-url'],
        seed: values.seed === undefined ? undefined : ((await readJson(values.seed)) as Seed),
        providers: values.providers === undefined ? undefined : await readFile(values.providers, 'utf8'),
        rateLimit: count(values['rate-limit'], '--rate-limit', 1, Number.MAX_SAFE_INTEGER),
        upstreams: values.upstream,
        allowedOrigins: values['allow-origin'],
        allowedHosts: values['allow-host'],
        log: values.quiet ? undefined : (line) => output.out(`${line}\n`),
    });
    try {
        if (values.functions !== undefined) await defineFunctions(emulator, values.functions);
    } catch (error) {
        await emulator.close();
        throw error;
    }
    const { url, apiKey, webhookSigningKey } = emulator;
    output.out(`${JSON.stringify({ url, apiKey, webhookSigningKey })}\n`);
    return emulator;
}

/** Before the parser does, which knows no advice. */
function refuseUnknown(args: string[]): void {
    const known = Object.keys(options);
    const once = new Set<string>();
    for (const token of parseArgs({ args, options, strict: false, tokens: true }).tokens) {
        if (token.kind !== 'option') continue;
        if (known.includes(token.name)) {
            const { multiple = false } = options[token.name as keyof typeof options] as { multiple?: boolean };
            if (once.has(token.name) && !multiple) throw new UsageError(`${token.rawName} is there twice.`);
            once.add(token.name);
            continue;
        }
        const advice = suggestion(token.name, known).replace('did you mean ', 'did you mean --');
        throw new UsageError(`Unknown option ${token.rawName}${advice.endsWith('?') ? advice : '; --help lists them all.'}`);
    }
}

async function defineFunctions(emulator: RunningEmulator, path: string): Promise<void> {
    const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    if (typeof module.default !== 'function') throw new UsageError(`${path} has no function as its default export.`);
    await module.default(emulator, { ActionError, ActionFailure });
}

function count(text: string | undefined, option: string, least: number, most: number): number | undefined {
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least && number <= most) return number;
    throw new UsageError(`${option} must be a whole number from ${least} to ${most}.`);
}

async function readJson(path: string): Promise<unknown> {
    const text = await readFile(path, 'utf8');
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
    }
}

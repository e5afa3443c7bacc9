// For runtimes with a command line: the world comes as JSON in the first argument, the results go to stdout.
import * as modules from './modules.mjs';
import { runCases } from './run-cases.mjs';

const [world] = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(JSON.stringify(await runCases(modules, JSON.parse(world))));

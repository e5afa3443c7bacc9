import { afterAll, test } from 'vitest';
import type { ScratchProject } from '../harness/scratch-project.js';
import { startServer } from '../harness/server-process.js';
import { toolVersion } from '../harness/tools.js';
import { receivesWith } from './framework-checks.js';
import { bundleServer, compileRecipes, dependencies, frameworkProject, removeProject } from './framework-project.js';

let created: Promise<ScratchProject> | undefined;
const project = () => {
    created ??= frameworkProject(dependencies('@azure/functions', '@google-cloud/functions-framework', '@types/node'));
    return created;
};
afterAll(async () => removeProject(await created));

const runsOn = 'Node 20+';
const serve =
    (file: string, format: 'esm' | 'cjs' = 'esm') =>
    async (env: Record<string, string>) => {
        const { folder } = await project();
        return startServer(process.execPath, [await bundleServer(await project(), file, { format })], { cwd: folder, env });
    };

test('the recipes compile', async () => compileRecipes(await project(), ['lambda', 'azure', 'google-cloud', 'vercel']));

// The events are recorded ones: nothing of AWS or Vercel runs here.
for (const [name, kind] of [
    ['AWS Lambda, API Gateway REST API (v1)', 'v1'],
    ['AWS Lambda, HTTP API or function URL (v2)', 'v2'],
    ['AWS Lambda, base64', 'base64'],
    ['AWS Lambda, load balancer, multi-value headers', 'alb'],
] as const)
    receivesWith({
        name,
        version: 'recorded event',
        runsOn,
        path: `/${kind}`,
        wrongPath: `/${kind}/wrong`,
        start: serve('lambda'),
    });

receivesWith({ name: 'Vercel, (req, res)', version: 'recorded shape', runsOn, start: serve('vercel') });
receivesWith({
    name: 'Azure Functions',
    version: toolVersion('@azure/functions') as string,
    runsOn,
    start: serve('azure', 'cjs'),
});
receivesWith({
    name: 'Google Cloud Functions',
    version: toolVersion('@google-cloud/functions-framework') as string,
    runsOn,
    async start(env) {
        const created = await project();
        const source = await bundleServer(created, 'google-cloud');
        const framework = created.path('node_modules/@google-cloud/functions-framework/build/src/main.js');
        return startServer(process.execPath, [framework, '--target=both', `--source=${source}`], { cwd: created.folder, env });
    },
});

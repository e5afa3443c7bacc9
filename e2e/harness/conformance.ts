import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cases } from '../conformance/cases.mjs';
import { type RunningWorld, startWorld, type World } from './emulator.js';
import { root } from './paths.js';

export interface Answer {
    userAgent: string;
    results: Record<string, string>;
}

export interface Runtime {
    /** As the README's table has it, e.g. `Node 22`. */
    name: string;
    /** How the packages are loaded, e.g. `CommonJS`. */
    loaded: string;
    /** What the User-Agent says: the sign of the build that the export conditions chose. */
    userAgent: RegExp;
    run(world: World): Promise<Answer>;
}

/** Where each run leaves its result for `scripts/runtimes-table.mjs`. */
const resultsFolder = `${root}node_modules/.cache/e2e-runtimes/`;

/** Runs the conformance suite on a runtime, against an emulator of its own. */
export function conformance({ name, loaded, userAgent, run }: Runtime): void {
    describe(`${name}, ${loaded}`, () => {
        let world: RunningWorld;
        let answer: Answer;
        beforeAll(async () => {
            world = await startWorld(inject('emulatorProject'));
            answer = await run(world);
        });
        afterAll(async () => {
            await world?.close();
            if (!answer) return;
            const passed = Object.values(answer.results).filter((result) => result === 'passed').length;
            const transport = /\(node\.js/.test(answer.userAgent) ? 'node:http' : 'fetch (ky)';
            mkdirSync(resultsFolder, { recursive: true });
            writeFileSync(
                `${resultsFolder}${`${name} ${loaded}`.replace(/[^a-z0-9]+/gi, '-')}.json`,
                JSON.stringify({ name, loaded, transport, passed, of: Object.keys(cases).length }),
            );
        });

        test('gets the build that is meant for it', () => {
            expect(answer.userAgent).toMatch(userAgent);
        });

        test.each(Object.keys(cases))('%s', (title) => {
            expect(answer.results[title]).toBe('passed');
        });
    });
}

/** The results that a program of the suite printed last. */
export function readAnswer(stdout: string): Answer {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer;
}

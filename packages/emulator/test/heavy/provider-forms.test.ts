import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.js';
import { hasChromium } from '../browser/has-chromium.js';
import { catalogue, layOutForms } from '../support/lay-out-forms.js';

const { HEAVY } = process.env;

describe.runIf(HEAVY && hasChromium())(
    `the form of every provider of the real catalogue${HEAVY ? ' (needs Chromium)' : ''}`,
    () => {
        let browser: Browser;
        beforeAll(async () => {
            browser = await launchChromium();
        });
        afterAll(() => browser?.close());

        test.each([390, 1280])('holds what it says, and its errors, at %i px', { timeout: 1_200_000 }, async (width) => {
            const report = await layOutForms(browser, [...catalogue.keys()], width);
            expect(report.wide).toEqual([]);
            expect(report.raw).toEqual([]);
            expect(report.forms).toBe(catalogue.size);
            expect(report.errors).toBeGreaterThan(200);
        });
    },
);

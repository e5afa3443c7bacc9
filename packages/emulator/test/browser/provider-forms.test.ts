import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, layOutForms, longestPiece } from '../support/lay-out-forms.js';
import { launchChromium } from './chromium.js';
import { hasChromium } from './has-chromium.js';

/** The forms that say the longest things without a space; all of them are laid out in test/heavy. */
const worst = [...catalogue]
    .sort(([, a], [, b]) => longestPiece(b) - longestPiece(a))
    .slice(0, 20)
    .map(([key]) => key);

describe.skipIf(!hasChromium())('the forms with the longest words of the real catalogue', () => {
    let browser: Browser;
    beforeAll(async () => {
        browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    test.each([390, 1280])('hold what they say, and their errors, at %i px', async (width) => {
        const report = await layOutForms(browser, worst, width);
        expect(report).toEqual({ forms: 20, errors: expect.any(Number), wide: [], raw: [] });
        expect(report.errors).toBeGreaterThan(0);
    });
});

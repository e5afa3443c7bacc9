import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const { SCREENSHOTS, PICTURE } = process.env;
const views = [
    [1280, 'light'],
    [390, 'dark'],
    // What differs here is in one of the above, too.
    ...(SCREENSHOTS
        ? ([
              [1280, 'dark'],
              [390, 'light'],
          ] as const)
        : []),
] as const;

/**
 * How a state of the page looks: wide and narrow, light and dark. Nothing may stick out, and axe has nothing serious to say. With
 * `SCREENSHOTS=<folder>` the pictures are kept; with `PICTURE=<file>` the one of the README.
 */
export async function look(page: Page, name: string): Promise<void> {
    for (const [width, colorScheme] of views) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`) });
        if (PICTURE && name === 'contact' && width === 1280) await page.screenshot({ path: PICTURE });
        const where = `${name}, ${width} px, ${colorScheme}`;
        expect([where, await serious(page)]).toEqual([where, []]);
        const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([where, overhang]).toEqual([where, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
}

/** What axe finds in this page, but not in the frames of others. */
async function serious(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(
            // What React Aria has read out stays in its hidden region for some seconds, also of a button that is gone by then.
            { include: [['body']], exclude: [['[data-live-announcer]']] },
            { iframes: false, resultTypes: ['violations'] },
        ),
    );
    return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
            ({ id, nodes }) =>
                `${id}: ${nodes
                    .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
                    .slice(0, 3)
                    .join('\n')}`,
        );
}

import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';

/** Structure depends on the width alone, and colours on the scheme: all rules at each width and in each scheme, contrast in every look. */
const looks = [
    [1280, 'light', 'all'],
    [390, 'light', 'contrast'],
    [390, 'dark', 'all'],
    [1280, 'dark', 'contrast'],
] as const;

/**
 * What a page or frame shows now passes axe (contrast is part of it), and nothing is wider than the window: on a wide screen and on a
 * phone, in light and in dark. Ends with the wide screen.
 */
export async function expectAccessible(frame: Frame): Promise<void> {
    const page = frame.page();
    const injected = await frame.evaluate(() => 'axe' in window);
    if (!injected) await frame.evaluate(axe.source);
    for (const [width, colorScheme, rules] of looks) {
        if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { violations, overflow } = await frame.evaluate(async (rules) => {
            const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({
                resultTypes: ['violations'],
                ...(rules === 'contrast' && { runOnly: ['color-contrast'] }),
            });
            return {
                violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
                overflow: document.documentElement.scrollWidth - innerWidth,
            };
        }, rules);
        const where = `${await frame.title()}, ${width} px, ${colorScheme}`;
        expect(violations, where).toEqual([]);
        expect(overflow, `${where}: wider than the window`).toBeLessThanOrEqual(0);
    }
}

import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './has-chromium.js';

/** A headless Chromium that asks nobody for anything. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
    return chromium.launch({
        executablePath: chromiumPath as string,
        args: [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            ...more,
        ],
    });
}

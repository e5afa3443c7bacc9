import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether browser tests can run here; says why when they can't. */
export function hasChromium(): boolean {
    if (existsSync(executablePath)) return true;
    console.warn(
        `Browser tests are skipped: there is no Chromium at ${executablePath} (set CHROMIUM_PATH, or install Debian's chromium).`,
    );
    return false;
}

/** A headless Chromium that asks nobody for anything. */
export function launchChromium(): Promise<Browser> {
    return chromium.launch({
        executablePath,
        args: [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
}

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);
const executablePath = process.env.CHROMIUM_PATH ?? places.find(existsSync);

/** Whether browser tests can run here. */
export const hasChromium = (): boolean => executablePath !== undefined && existsSync(executablePath);

/** A headless Chromium that asks nobody for anything. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
    return chromium.launch({
        executablePath: executablePath as string,
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

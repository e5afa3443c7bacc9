import { existsSync } from 'node:fs';

const places = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);
export const chromiumPath = process.env.CHROMIUM_PATH ?? places.find(existsSync);

/** Whether browser tests can run here. */
export const hasChromium = (): boolean => chromiumPath !== undefined && existsSync(chromiumPath);

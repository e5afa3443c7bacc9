import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Nango } from '@nangohq/node';
import type { Browser } from 'playwright-core';
import type { Seed } from '../../src/index.js';
import { loadProviders } from '../../src/providers/load-providers.js';
import type { Provider } from '../../src/providers/provider.js';
import { startEmulator } from '../../src/start-emulator.js';

const yaml = readFileSync(createRequire(import.meta.url).resolve('@nangohq/providers/providers.yaml'), 'utf8');

/** The vendor's whole catalogue. */
export const catalogue = loadProviders(yaml);

const client = { client_id: 'ci', client_secret: 'cs' };
const app = {
    app_id: '1',
    app_link: 'https://github.com/apps/x',
    private_key: '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----',
};

/** What an integration needs before people can connect it. */
function integrationOf(key: string, { auth_mode: type }: Provider): NonNullable<Seed['integrations']>[number] {
    const credentials = ['OAUTH1', 'OAUTH2', 'TBA'].includes(type)
        ? client
        : type === 'APP'
          ? app
          : type === 'CUSTOM'
            ? { ...client, ...app }
            : undefined;
    const config = type === 'AWS_SIGV4' ? { integration_config: { service: 's3' } } : {};
    return { provider: key, unique_key: key, ...config, ...(credentials && { credentials: { type, ...credentials } }) } as never;
}

/** How long the longest unbroken piece is of all that a form shows of its provider. */
export function longestPiece({ credentials, connection_config: config, assertion_option: option }: Provider): number {
    const fields = [credentials, config, option].flatMap((group) => Object.values(group ?? {}));
    const shown = fields.flatMap(({ title, description, example, prefix, suffix }) => [
        title,
        description,
        example,
        `${prefix}${suffix}`,
    ]);
    return Math.max(0, ...shown.flatMap((text) => String(text ?? '').split(/\s+/)).map(({ length }) => length));
}

export interface FormReport {
    forms: number;
    /** Fields that said what is wrong with them. */
    errors: number;
    /** What was wider than it may be, by provider. */
    wide: string[];
    /** Labels that are names in code. */
    raw: string[];
}

/**
 * Opens the form of each provider at a width, sends it empty, then with values that no field takes and a refusal of one long word, and
 * looks for anything that is wider than the card that it is on.
 */
export async function layOutForms(browser: Browser, keys: readonly string[], width: number): Promise<FormReport> {
    const integrations = keys.map((key) => integrationOf(key, catalogue.get(key) as Provider));
    const emulator = await startEmulator({ port: 0, providers: yaml, seed: { integrations } });
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    page.setDefaultTimeout(120_000);
    try {
        const nango = new Nango({ host: emulator.url, apiKey: emulator.apiKey });
        const report: FormReport = { forms: 0, errors: 0, wide: [], raw: [] };
        // A long list takes its time to be laid out, each time that one comes back to it.
        for (let at = 0; at < keys.length; at += 50) {
            const allowed = keys.slice(at, at + 50);
            const { data } = await nango.createConnectSession({ end_user: { id: 'u1' }, allowed_integrations: allowed });
            await page.goto(data.connect_link);
            await page.locator('.entry').first().waitFor();
            await page.evaluate(prepare);
            for (const [index, name] of (await page.locator('.entry').allInnerTexts()).entries()) {
                const { errors, wide, raw } = await page.evaluate(layOut, index);
                const which = name.split('\n')[1] ?? name;
                report.forms += 1;
                report.errors += errors;
                report.wide.push(...wide.map((what) => `${which}: ${what}`));
                report.raw.push(...raw.map((label) => `${which}: ${label}`));
            }
        }
        return report;
    } finally {
        await page.close();
        await emulator.close();
    }
}

/** In the page: nothing is sent, no window opens; what is refused is refused with one long word. */
function prepare(): void {
    window.open = () => null;
    const real = window.fetch;
    window.fetch = (input, init) => {
        if (init?.method !== 'POST') return real(input, init);
        const error = { code: 'connection_test_failed', message: `refused: ${'w'.repeat(300)}` };
        return Promise.resolve(Response.json({ error }, { status: 400 }));
    };
}

/** In the page: the form behind one entry of the list. */
async function layOut(index: number): Promise<{ errors: number; wide: string[]; raw: string[] }> {
    const all = <Kind extends HTMLElement>(selector: string) => [...document.querySelectorAll<Kind>(selector)];
    const until = (holds: () => boolean) =>
        new Promise<void>((resolve) => {
            if (holds()) return resolve();
            const observer = new MutationObserver(() => {
                if (!holds()) return;
                observer.disconnect();
                resolve();
            });
            observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        });
    const wide: string[] = [];
    const measure = (state: string) => {
        const within = (inner: DOMRect, outer: DOMRect) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
        const card = document.getElementById('app')?.getBoundingClientRect() as DOMRect;
        if (document.documentElement.scrollWidth > innerWidth)
            wide.push(`${state}: the page by ${document.documentElement.scrollWidth - innerWidth} px`);
        for (const element of all('#app *')) {
            const box = element.getBoundingClientRect();
            if (box.width === 0) continue;
            const control = element.parentElement?.closest('.control')?.getBoundingClientRect();
            const overflows =
                element.scrollWidth > element.clientWidth + 1 &&
                !/^(INPUT|SELECT|SPAN|A)$/.test(element.tagName) &&
                !element.classList.contains('hide');
            if (!within(box, card) || (control && !within(box, control)) || overflows)
                wide.push(`${state}: ${element.tagName}.${element.className} ${element.textContent?.slice(0, 60)}`);
        }
    };
    const submit = () => document.querySelector('form')?.requestSubmit();
    all('.entry')[index]?.click();
    await until(() => document.querySelector('form') !== null);
    measure('empty');
    const raw = all('label')
        .filter(({ offsetWidth }) => offsetWidth > 0)
        .map(({ firstChild }) => firstChild?.textContent ?? '')
        .filter((label) => label === '' || /^[a-z]+[A-Z]|^[a-z]+_[a-z_]+$/.test(label));
    submit();
    measure('sent empty');
    for (const input of all<HTMLInputElement>('form input')) input.value = `not / what it takes ${'x'.repeat(72)}`;
    for (const select of all<HTMLSelectElement>('form select')) select.selectedIndex = select.options.length - 1;
    submit();
    const errors = all('.error').filter(({ hidden }) => !hidden).length;
    measure('sent wrong');
    if (errors === 0) {
        await until(() => document.querySelector<HTMLElement>('[role=alert]')?.hidden === false);
        measure('refused');
    }
    document.querySelector<HTMLElement>('[aria-label="Back to the list"]')?.click();
    return { errors, wide, raw };
}

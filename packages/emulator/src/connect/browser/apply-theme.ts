import type { Session } from './page-types.js';

/** Light or dark and the accent, as the address, the session or the system says. */
export function applyTheme(asked: string | null, settings: Session['connectUISettings'] | undefined): void {
    const wanted = asked ?? settings?.defaultTheme ?? 'system';
    const root = document.documentElement;
    if (wanted === 'light' || wanted === 'dark') root.dataset.theme = wanted;
    const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    const primary = settings?.theme[dark ? 'dark' : 'light']?.primary ?? '';
    // The default is nobody's choice, and too pale to be read on.
    if (!/^#[0-9a-f]{6}$/i.test(primary) || primary.toUpperCase() === '#00B2E3') return;
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (Number.parseInt(primary.slice(at, at + 2), 16) / 255) ** 2.2);
    root.style.setProperty('--accent', primary);
    root.style.setProperty('--on-accent', 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000000' : '#ffffff');
}

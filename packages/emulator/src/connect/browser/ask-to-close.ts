import { button, h } from './elements.js';

/** Asks before something that a person entered or started gets lost. Does nothing while it asks already. */
export function askToClose(page: HTMLElement, holds: 'values' | 'attempt', close: () => void): void {
    if (page.querySelector('dialog')) return;
    const waits = holds === 'attempt';
    const dialog = h(
        'dialog',
        { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' },
        h('h2', { id: 'ask-title' }, waits ? 'Stop connecting?' : 'Close without connecting?'),
        h('p', { id: 'ask-text', class: 'muted' }, waits ? 'The other window closes too.' : 'What you have entered is lost.'),
    ) as HTMLDialogElement;
    const stay = button(waits ? 'Keep waiting' : 'Keep editing', () => dialog.close());
    const leave = button(waits ? 'Stop and close' : 'Close', () => close(), 'button quiet');
    dialog.append(h('div', { class: 'stack' }, stay, leave));
    dialog.addEventListener('click', (event) => {
        if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener('close', () => dialog.remove());
    page.append(dialog);
    dialog.showModal();
    stay.focus();
}

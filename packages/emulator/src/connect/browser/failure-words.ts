import { denialDescription } from '../denial.js';

/** What a person reads after an attempt that failed, and what the button offers. The app around the page gets the server's own message. */
export function failureWords(type: string, message: string, name: string): { words: string; retry: string } {
    const again = 'Open the window again';
    switch (type) {
        case 'callback_err':
            if (message !== denialDescription) break;
            return {
                words: `You did not allow the access, so ${name} is not connected and nothing has changed. To connect it, try again and choose Approve.`,
                retry: 'Try again',
            };
        case 'blocked_by_browser':
            return { words: 'Your browser blocked the window. Allow pop-ups for this page, then open it again.', retry: again };
        case 'window_closed':
            return { words: `The window was closed before ${name} was connected. Open it again to go on.`, retry: again };
    }
    return { words: message, retry: 'Try again' };
}

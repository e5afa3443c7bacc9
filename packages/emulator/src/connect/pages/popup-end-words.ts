import { denialDescription } from '../denial.js';

/** Errors of a session that is over. */
const ended = /^(?:unknown|invalid)_connect_session_token/;

/** What the window of an authorisation says at its end, in plain words; the opener gets the server's own. */
export function popupEndWords(errorType: string, message: string): { title: string; words: string } {
    if (ended.test(errorType)) {
        return {
            title: 'This session has expired',
            words: 'Close this window, go back to the app that sent you here and start again.',
        };
    }
    if (message === denialDescription) {
        return {
            title: 'Access not allowed',
            words: 'You chose Deny, so nothing was connected. Close this window; on the page that opened it you can try again.',
        };
    }
    return { title: 'Not connected', words: message };
}

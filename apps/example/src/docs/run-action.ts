import { nango } from './nango.js';

interface NewIssue {
    title: string;
    body: string;
}

interface Issue {
    number: number;
    url: string;
}

export async function createIssue(connectionId: string, issue: NewIssue): Promise<Issue> {
    return nango.triggerAction<NewIssue, Issue>('github', connectionId, 'create-issue', issue);
}

/** Queued by Nango, with up to three tries. */
export async function createIssueLater(connectionId: string, issue: NewIssue): Promise<Issue> {
    const queued = await nango.triggerActionAsync<NewIssue>('github', connectionId, 'create-issue', issue, { retries: 2 });
    return nango.waitForActionResult<Issue>(queued, { timeout: 5 * 60_000 });
}

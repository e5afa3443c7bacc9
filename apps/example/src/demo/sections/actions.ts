import type { Tour } from '../tour.js';
import type { World } from '../world.js';
import type { Connected } from './connect.js';

interface NewIssue {
    title: string;
    body: string;
}

interface Issue {
    number: number;
    url: string;
}

/** Actions, now and later. */
export async function actionsSection(tour: Tour, { nango }: World, { github }: Connected): Promise<void> {
    tour.section('Actions');
    await tour.step(
        "triggerAction(…, 'create-issue', …)",
        () =>
            nango.triggerAction<NewIssue, Issue>('github', github, 'create-issue', {
                title: 'Punch cards jam',
                body: 'Every tenth one.',
            }),
        ({ number, url }) => `issue #${number}, ${url.slice('https://'.length)}`,
    );
    const queued = await tour.step(
        'triggerActionAsync(…)',
        () =>
            nango.triggerActionAsync<NewIssue>('github', github, 'create-issue', {
                title: 'Bernoulli numbers',
                body: 'See Note G.',
            }),
        ({ statusUrl }) => `queued, ${statusUrl.slice(0, 16)}…`,
    );
    await tour.step(
        'waitForActionResult(queued)',
        () => nango.waitForActionResult<Issue>(queued, { interval: 200 }),
        ({ number }) => `issue #${number}`,
    );
    await tour.step(
        'getAsyncActionResult({ id })',
        () => nango.getAsyncActionResult<Issue>({ id: queued.id }),
        ({ number }) => `issue #${number}, asked again`,
    );
}

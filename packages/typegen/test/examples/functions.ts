import type { Emulator } from '@x/emulator';
import { z } from 'zod';

const issue = z.object({ id: z.string(), title: z.string(), state: z.enum(['open', 'closed']) });

export default function define(emulator: Emulator): void {
    emulator.defineSync('github', 'fetchIssues', {
        models: { Issue: z.toJSONSchema(issue) },
        metadata: z.toJSONSchema(z.object({ owner: z.string() })),
        run: () => [{ id: '1', title: 'Printer on fire', state: 'open' }],
    });
    emulator.defineAction('github', 'createIssue', {
        input: z.toJSONSchema(issue.pick({ title: true })),
        output: z.toJSONSchema(z.object({ url: z.url() })),
        run: () => ({ url: 'https://example.com/issues/1' }),
    });
}

import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLog } from './log.js';

test('a statement that failed is logged without the rows that it was about', () => {
    let logged = '';
    const log = createLog('info', {
        write(line) {
            logged += line;
        },
    });
    const refused = Object.assign(new Error('duplicate key'), {
        code: '23505',
        detail: 'Key (email)=(hedy@example.com) already exists.',
    });
    const failed = new DrizzleQueryError('insert into "contacts" values ($1)', ['hedy@example.com'], refused);
    log.error({ error: new Error('The batch was not written', { cause: failed }) }, 'job failed');
    log.error({ error: failed }, 'job failed');
    expect(logged).toContain('insert into');
    expect(logged).toContain('duplicate key');
    expect(logged).not.toContain('hedy@example.com');
});

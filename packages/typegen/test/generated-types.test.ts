import { expectTypeOf, test } from 'vitest';
import type { Github, GoogleDrive, NangoTypes } from './compiled-folder/nango.gen.js';

test('what the vendor’s command compiled from zod schemas has the types of the schemas', () => {
    expectTypeOf<keyof NangoTypes>().toEqualTypeOf<'github' | 'google-drive'>();
    expectTypeOf<Github['syncs']['fetchIssues']['models']>().toEqualTypeOf<'Issue' | 'Tree'>();
    expectTypeOf<Github['models']['Issue']['state']>().toEqualTypeOf<'open' | 'closed'>();
    expectTypeOf<Github['models']['Issue']['pair']>().toEqualTypeOf<[string, number]>();
    expectTypeOf<Github['models']['Tree']['root']['children'][number]['id']>().toEqualTypeOf<string>();
    expectTypeOf<Github['actions']['createIssue']['input']['labels']>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<Github['metadata']>().toEqualTypeOf<{ owner: string; repos?: string[] }>();
    expectTypeOf<keyof GoogleDrive['models']>().toEqualTypeOf<never>();
});

import { TestRunner, test } from 'vitest';

/** For a project whose service is missing: its files are skipped as they are, instead of being loaded with all that they import first. */
export default class UnloadedFiles extends TestRunner {
    override importFile(file: string, source: 'collect' | 'setup') {
        if (source === 'setup') return super.importFile(file, source);
        test.skip('all of it');
    }
}

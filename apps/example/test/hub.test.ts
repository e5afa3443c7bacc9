import { describe } from 'vitest';
import { hubCases } from './hub-cases.js';

describe('the hub on the embedded database', () => hubCases(() => ({ databaseDir: 'memory://' })));

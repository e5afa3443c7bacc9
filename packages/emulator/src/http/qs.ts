import { requireLater } from '../base/require-later.js';

/** As the server parses queries and forms; loaded with the first of them. */
export const qs = () => requireLater('qs') as typeof import('qs');

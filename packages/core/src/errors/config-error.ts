import { NangoError } from './nango-error.js';

/** The client's options are wrong; thrown by the constructor, before anything is sent. Never repeats a key. */
export class NangoConfigError extends NangoError {
    protected static override readonly kind: string = 'NangoConfigError';
}

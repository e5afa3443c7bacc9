import type { ReactNode } from 'react';
import type { Failure } from './api.js';

/** What came of something, beside where it was asked for. Read out when it appears. */
export function Notice({ tone, children }: { tone: 'good' | 'bad' | 'busy'; children: ReactNode }) {
    return (
        <p className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
            {children}
        </p>
    );
}

/** What happened, and whether it was done. `change`: something was to be changed. */
export function FailureNotice({ failure, change = false }: { failure: Failure; change?: boolean }) {
    const done =
        failure.done === 'maybe' ? 'It may have been done all the same: look before you try again.' : 'Nothing was changed.';
    return (
        <Notice tone="bad">
            {failure.message} {change && done}
        </Notice>
    );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** No news for this long, ms: the user is told. */
const patience = 2_500;

/**
 * Reads again what the back end says has changed.
 *
 * @returns whether news arrive; whenever they begin to, all is read anew, since some may have been missed
 */
export function useLiveUpdates(): 'connecting' | 'live' | 'lost' {
    const queries = useQueryClient();
    const [state, setState] = useState<'connecting' | 'live' | 'lost'>('connecting');
    useEffect(() => {
        let source: EventSource;
        let again: ReturnType<typeof setTimeout> | undefined;
        let worry: ReturnType<typeof setTimeout> | undefined;
        const open = () => {
            source = new EventSource('/api/events');
            source.addEventListener('hello', () => {
                clearTimeout(worry);
                worry = undefined;
                setState('live');
                void queries.invalidateQueries();
            });
            source.addEventListener('changed', ({ data }) => {
                for (const topic of JSON.parse(data) as string[]) void queries.invalidateQueries({ queryKey: [topic] });
            });
            source.addEventListener('error', () => {
                // The back end ends each stream now and then, and the next one begins at once: nothing to tell anybody.
                worry ??= setTimeout(() => setState('lost'), patience);
                // The browser tries again by itself, unless it was refused.
                if (source.readyState !== EventSource.CLOSED) return;
                void queries.invalidateQueries({ queryKey: ['me'] });
                again = setTimeout(open, 3_000);
            });
        };
        const close = () => {
            clearTimeout(again);
            clearTimeout(worry);
            worry = undefined;
            source.close();
        };
        const offline = () => {
            close();
            setState('lost');
        };
        const online = () => {
            close();
            open();
        };
        open();
        window.addEventListener('offline', offline);
        window.addEventListener('online', online);
        return () => {
            close();
            window.removeEventListener('offline', offline);
            window.removeEventListener('online', online);
        };
    }, [queries]);
    return state;
}

import { useEffect, useState } from 'react';

/** A moment in words, which grow older. */
export function TimeAgo({ at }: { at: string }) {
    const [now, setNow] = useState(Date.now);
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), 15_000);
        return () => clearInterval(timer);
    }, []);
    return (
        <time dateTime={at} title={new Date(at).toLocaleString()}>
            {inWords(now - new Date(at).getTime())}
        </time>
    );
}

function inWords(ms: number): string {
    const minutes = Math.floor(ms / 60_000);
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

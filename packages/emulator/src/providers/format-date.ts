const names = {
    days: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};
const two = (value: number) => String(value).padStart(2, '0');

/** The tokens that provider templates use in `${now:…}`; text in square brackets stands for itself. UTC throughout. */
const tokens: Record<string, (date: Date) => string> = {
    YYYY: (date) => String(date.getUTCFullYear()),
    MMM: (date) => names.months[date.getUTCMonth()] as string,
    MM: (date) => two(date.getUTCMonth() + 1),
    DD: (date) => two(date.getUTCDate()),
    ddd: (date) => names.days[date.getUTCDay()] as string,
    HH: (date) => two(date.getUTCHours()),
    mm: (date) => two(date.getUTCMinutes()),
    ss: (date) => two(date.getUTCSeconds()),
    SSS: (date) => String(date.getUTCMilliseconds()).padStart(3, '0'),
    ZZ: () => '+0000',
    Z: () => '+00:00',
    X: (date) => String(Math.floor(date.getTime() / 1000)),
    x: (date) => String(date.getTime()),
};

const pattern = /\[([^[\]]*)\]|YYYY|MMM|MM|DD|ddd|HH|mm|SSS|ss|ZZ|Z|X|x/g;

/** Writes `date` (UTC) in a provider template's date format. */
export function formatDate(date: Date, format: string): string {
    return format.replace(pattern, (token, literal: string | undefined) => literal ?? tokens[token]?.(date) ?? token);
}

const units: Record<string, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** What `${now}`, `${now:FORMAT}` and `${now+7:days:FORMAT}` stand for; undefined when `expression` is none of them. */
export function formatNow(expression: string, now: Date): string | undefined {
    const match = /^now(?:([+-]\d+):([a-z]+))?(?::([\s\S]+))?$/.exec(expression);
    if (!match) return undefined;
    const [, amount, unit, format] = match;
    const offset = amount === undefined ? 0 : Number(amount) * (units[`${unit?.replace(/s$/, '')}s`] ?? 0);
    const date = new Date(now.getTime() + offset);
    return format === undefined ? date.toISOString() : formatDate(date, format);
}

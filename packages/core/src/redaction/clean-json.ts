import { cleanText, type KnownValues } from './clean-text.js';
import { redacted } from './redacted.js';
import { isSecretName } from './secret-name.js';
import { NO_SECRET } from './secret-words.js';

/** Members that name a field, and those that hold its value beside it: `{ name: 'api_key', value: 'abc' }`. */
const NAMING =
    /^(?:name|key|header|field|fieldname|param|parameter|property|attribute|argument|option|path|loc|location|instancePath|dataPath|pointer|label)$/i;
const HOLDING =
    /^(?:values?|val|content|contents|data|input|received|actual|given|provided|got|current|default(?:_?value)?|(?:rejected|invalid|attempted|bad|input|raw|old|new)_?value)$/i;
/** A sentence about a field, as validators write them under the field's name. */
const SENTENCE =
    /^[A-Z]?[a-z'’]+ .*\b(?:is|be|are|must|may|should|has|have|not|can't|cannot|required|invalid|least|most|already|too|field)\b/;
const ERRORS = /^(?:errors?|.*_errors|.*Errors|validation|issues|violations|messages|modelState|details)$/;
const RAW_HEADERS = /^(?:raw_?)?headers$/i;
const deepest = 32;

/** A copy of plain JSON without secrets: by the names of members, and within each text. */
export function cleanJson(value: unknown, known: KnownValues, parent = '', depth = 0): unknown {
    if (typeof value === 'string') return cleanText(value, known);
    if (typeof value === 'number') return known.anywhere.includes(String(value)) ? redacted : value;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) return redacted;
    if (Array.isArray(value)) return cleanArray(value, known, parent, depth);
    const members = Object.entries(value);
    const pair = namesSecret(members);
    const clean: Record<string, unknown> = {};
    for (const [name, member] of members) {
        const secret = holdsSecret(name, member, parent) || (pair && HOLDING.test(name) && holdsSomething(member));
        // defineProperty, not assignment: a member called `__proto__` must not change the copy's prototype.
        Object.defineProperty(clean, cleanText(name, known), {
            value: secret ? redacted : cleanJson(member, known, name, depth + 1),
            enumerable: true,
            configurable: true,
            writable: true,
        });
    }
    return clean;
}

function cleanArray(items: readonly unknown[], known: KnownValues, parent: string, depth: number): unknown[] {
    const paired = RAW_HEADERS.test(parent);
    return items.map((item, index) => {
        // `[['x-api-key', 'abc']]` and `['x-api-key', 'abc', 'host', 'h']`.
        const before = items[index - 1];
        if (paired && index % 2 === 1 && typeof before === 'string' && typeof item === 'string' && isSecretName(before))
            return redacted;
        if (Array.isArray(item) && item.length === 2 && typeof item[0] === 'string' && typeof item[1] === 'string') {
            if (isSecretName(item[0]) && holdsSomething(item[1])) return [cleanText(item[0], known), redacted];
        }
        return cleanJson(item, known, '', depth + 1);
    });
}

/** Whether members say that the value beside them is a secret's. */
function namesSecret(members: readonly [string, unknown][]): boolean {
    if (members.length < 2 || members.length > 24) return false;
    return members.some(([name, member]) => {
        if (!NAMING.test(name)) return false;
        const field: unknown = Array.isArray(member) ? member.at(-1) : member;
        return typeof field === 'string' && isSecretName(field.slice(field.lastIndexOf('/') + 1));
    });
}

function holdsSecret(name: string, value: unknown, parent: string): boolean {
    if (!isSecretName(name) || !holdsSomething(value)) return false;
    // `access_tokens: 3` counts them.
    if (typeof value === 'number') return !/s$/i.test(name);
    if (typeof value === 'string') return !(ERRORS.test(parent) && SENTENCE.test(value));
    return !(
        Array.isArray(value) && value.every((item) => typeof item === 'string' && (SENTENCE.test(item) || NO_SECRET.test(item)))
    );
}

// Validation issues name fields ("path": ["credentials", "type"]), they don't hold them.
function holdsSomething(value: unknown): boolean {
    if (value === null || value === undefined || typeof value === 'boolean') return false;
    if (typeof value === 'string') return value !== '' && !NO_SECRET.test(value);
    return typeof value !== 'object' || Object.keys(value).length > 0;
}

import type { describeStatus } from '../describe-status.js';
import { button, cell, el, stacked, tag } from './elements.js';

/** What `/_emulator/status` answers. */
export type Status = ReturnType<typeof describeStatus>;

/** The lists that the page shows. */
export type ListName = 'faults' | 'requests' | 'integrations' | 'connections' | 'syncs' | 'deliveries';

export const clockTime = (iso: string | null) => (iso ? iso.slice(11, 19) : '–');
const dayTime = (iso: string | null) => (iso ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : '–');
export const byStatus = (status: number) => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good');
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const syncKinds: Record<string, string> = { SUCCESS: 'good', RUNNING: 'warn', ERROR: 'bad' };
export const deliveryKinds: Record<string, string> = { delivered: 'good', failed: 'bad', pending: 'warn' };

type List<Row> = {
    key(row: Row): string | number;
    /** `open` is what a click on the row does, where it does something. */
    cells(row: Row, open: () => void): Node[];
};

/** How a row of each list is identified, and what it shows. */
export const lists: { [Name in ListName]: List<Status[Name][number]> } = {
    faults: {
        key: (fault) => fault.id,
        cells: (fault) => [
            cell([tag(fault.what, 'bad')]),
            cell(stacked(fault.where, null, true)),
            cell(fault.times === null ? plural(fault.struck, 'time') : `${fault.struck} of ${fault.times}`, { num: true }),
        ],
    },
    requests: {
        key: (request) => request.id,
        cells: (request, open) => {
            const line = button(
                '',
                'open main mono',
                open,
                el('span', 'method', request.method),
                request.path,
                el('span', 'query', request.query),
            );
            const about = [request.connection, request.code].filter(Boolean).join(' · ');
            const status: (Node | string)[] = [tag(request.status, byStatus(request.status))];
            if (request.fault) status.push(' ', tag(`fault: ${request.fault}`, 'bad'));
            return [
                cell(clockTime(request.at), { num: true }),
                cell([line, ...(about ? [el('div', 'sub', about)] : [])], { wide: true }),
                cell(status),
                cell(`${request.ms} ms`, { num: true }),
            ];
        },
    },
    integrations: {
        key: (integration) => integration.key,
        cells: (integration) => [
            cell(stacked(integration.key, `${integration.name} · ${integration.provider}`), { wide: true }),
            cell(integration.mode),
            cell(integration.connections, { label: 'Connections', num: true }),
            cell(integration.functions, { label: 'Functions', num: true }),
        ],
    },
    connections: {
        key: ({ integration, id }) => `${integration}/${id}`,
        cells: ({ id, integration, errors, endUser, created }, open) => [
            cell(
                [
                    button('', 'open main', open, id),
                    el('div', 'sub', integration),
                    ...errors.map((type) => tag(`${type} error`, 'bad')),
                ],
                { wide: true },
            ),
            cell(endUser || '–', { label: 'End user' }),
            cell(dayTime(created), { num: true }),
        ],
    },
    syncs: {
        key: (sync) => `${sync.integration}/${sync.connection}/${sync.name}`,
        cells: (sync) => {
            // The deployed text says "every", an overriding one may not.
            const runs = sync.frequency ? ` · every ${sync.frequency.replace(/^every /, '')}` : '';
            return [
                cell(stacked(sync.name, `${sync.integration} · ${sync.connection}${runs}`), { wide: true }),
                cell([tag(sync.status.toLowerCase(), syncKinds[sync.status])]),
                cell(sync.records, { label: 'Records', num: true }),
                cell(dayTime(sync.next), { label: 'Next run', num: true }),
            ];
        },
    },
    deliveries: {
        key: (delivery) => delivery.id,
        cells: ({ type, at, attempts, url, status, answer, connection }, open) => [
            cell(
                [
                    button('', 'open main', open, type),
                    el('div', 'sub', [clockTime(at), plural(attempts, 'attempt'), connection].filter(Boolean).join(' · ')),
                    el('div', 'sub mono', url),
                ],
                { wide: true },
            ),
            cell([tag(answer === null ? status : `${status} (${answer})`, deliveryKinds[status])]),
        ],
    },
};

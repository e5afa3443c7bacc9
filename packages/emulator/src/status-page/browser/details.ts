import type { describeDelivery, describeRequest } from '../describe-detail.js';
import { button, by, type Content, el, tag } from './elements.js';
import { byStatus, clockTime, deliveryKinds } from './rows.js';

type RequestDetails = NonNullable<ReturnType<typeof describeRequest>>;
type DeliveryDetails = NonNullable<ReturnType<typeof describeDelivery>>;

export interface DetailsOptions {
    /** Called when the details open and when they close. */
    toggled(open: boolean): void;
    /** Show everything about a connection. */
    connection(id: string): void;
}

/** The panel with all that is kept of one request or one delivery. */
export class Details {
    readonly #dialog = by<HTMLDialogElement>('details');
    readonly #options: DetailsOptions;
    /** The delivery that is shown, while its outcome is open. */
    #pending: string | undefined;

    constructor(options: DetailsOptions) {
        this.#options = options;
        this.#dialog.addEventListener('close', () => {
            this.#pending = undefined;
            options.toggled(false);
        });
        this.#dialog.addEventListener('click', (event) => {
            if (event.target === this.#dialog) this.#dialog.close();
        });
    }

    get open(): boolean {
        return this.#dialog.open;
    }

    async request(id: number): Promise<void> {
        const found = await this.#fetch<RequestDetails>(`requests/${id}`);
        if (!found) return;
        const { method, path, query, status, ms, fault, code } = found;
        const tags: Content[] = [tag(status, byStatus(status))];
        if (fault) tags.push(tag(`fault: ${fault}`, 'bad'));
        this.#show(
            [el('span', 'method', method), path, el('span', 'query', query)],
            tags,
            facts([
                ['Time', `${clockTime(found.at)}, took ${ms} ms`],
                ['Operation', found.operation],
                ['Error code', code],
                ...this.#subject(found),
                ['Client', found.userAgent],
            ]),
            part('Request', headers(found.headers), body('Body of the request', found.body)),
            part('Answer', headers(found.answerHeaders), body('Body of the answer', found.answer)),
        );
    }

    async delivery(id: string, note = ''): Promise<void> {
        const found = await this.#fetch<DeliveryDetails>(`deliveries/${encodeURIComponent(id)}`);
        if (!found) return;
        const again = button('Send again', 'button', () => void this.#redeliver(id));
        const said = el('p', 'said', note);
        said.setAttribute('role', 'status');
        this.#pending = found.status === 'pending' ? id : undefined;
        this.#show(
            [found.type],
            [deliveryTag(found)],
            facts([['To', found.url], ['Queued', clockTime(found.createdAt)], ...this.#subject(found)]),
            el('div', 'act', null, again, said),
            attemptsOf(found),
            part('Webhook', pre('Body of the webhook', found.body)),
        );
        if (note) again.focus();
        // It may have ended while this was fetched.
        void this.refresh();
    }

    /** While the outcome of the delivery that is shown is open, it is looked at again; what has the focus stays. */
    async refresh(): Promise<void> {
        const id = this.#pending;
        if (id === undefined) return;
        const response = await fetch(`/_emulator/status/deliveries/${encodeURIComponent(id)}`).catch(() => null);
        if (!response?.ok || this.#pending !== id) return;
        const found = (await response.json()) as DeliveryDetails;
        if (found.status !== 'pending') this.#pending = undefined;
        this.#dialog.querySelector('.tags')?.replaceChildren(deliveryTag(found));
        this.#dialog.querySelector('.attempts')?.replaceWith(attemptsOf(found));
    }

    async #redeliver(id: string): Promise<void> {
        const response = await fetch(`/_emulator/webhooks/${encodeURIComponent(id)}/redeliver`, { method: 'POST' }).catch(
            () => null,
        );
        if (!response?.ok) {
            const said = this.#dialog.querySelector('.said');
            if (said) said.textContent = 'It could not be sent again: it is not kept any more, or the emulator does not answer.';
            return;
        }
        const { id: made } = (await response.json()) as { id: string };
        await this.delivery(made, `Sent again. This is the new delivery, ${made}.`);
    }

    async #fetch<Found>(path: string): Promise<Found | undefined> {
        const response = await fetch(`/_emulator/status/${path}`).catch(() => null);
        if (response?.ok) return (await response.json()) as Found;
        this.#show(
            ['Nothing to show'],
            [],
            el('p', 'empty', response?.status === 404 ? 'This is not kept any more.' : 'The emulator does not answer.'),
        );
        return undefined;
    }

    #subject({ integration, connection }: { integration: string | null; connection: string | null }): Fact[] {
        const only =
            connection === null
                ? null
                : el(
                      'span',
                      '',
                      `${connection} `,
                      button('Show only this', 'plain', () => {
                          this.#dialog.close();
                          this.#options.connection(connection);
                      }),
                  );
        return [
            ['Integration', integration],
            ['Connection', only],
        ];
    }

    #show(title: Content[], tags: Content[], ...parts: HTMLElement[]): void {
        const heading = el('h2', 'mono', null, ...title);
        heading.id = 'details-title';
        heading.tabIndex = -1;
        const close = button('Close the details', 'icon', () => this.#dialog.close(), '×');
        const top = el('header', '', null, el('div', '', null, heading, el('div', 'tags', null, ...tags)), close);
        const bottom = el('p', 'paused', 'Updates of the page are paused while this is open.');
        this.#dialog.replaceChildren(top, el('div', 'parts', null, ...parts, bottom));
        if (this.#dialog.open) return;
        this.#dialog.showModal();
        this.#options.toggled(true);
        heading.focus();
    }
}

type Fact = [string, string | HTMLElement | null];

function facts(list: Fact[]): HTMLElement {
    const shown = list.filter(([, value]) => value !== null && value !== '');
    return el(
        'dl',
        'detail-facts',
        null,
        ...shown.flatMap(([name, value]) => [el('dt', '', name), el('dd', '', null, value as Content)]),
    );
}

const part = (title: string, ...contents: HTMLElement[]): HTMLElement =>
    el('section', 'part', null, el('h3', '', title), ...contents);

function headers(pairs: [string, string][]): HTMLElement {
    const list = el('dl', 'headers mono', null, ...pairs.flatMap(([name, value]) => [el('dt', '', name), el('dd', '', value)]));
    const all = el('details', '', null, el('summary', '', pairs.length === 1 ? '1 header' : `${pairs.length} headers`), list);
    (all as HTMLDetailsElement).open = true;
    return all;
}

function body(label: string, { text, note }: { text: string | null; note: string | null }): HTMLElement {
    const said = note ? [el('p', 'sub', note)] : [];
    return el('div', '', null, ...(text === null ? [] : [pre(label, text)]), ...said);
}

function pre(label: string, text: string): HTMLElement {
    const node = el('pre', 'mono', text);
    node.setAttribute('aria-label', label);
    node.setAttribute('role', 'group');
    return node;
}

const deliveryTag = ({ status }: DeliveryDetails) => tag(status, deliveryKinds[status]);

function attemptsOf({ attempts, status }: DeliveryDetails): HTMLElement {
    const shown = attempts.map(({ at, status, error, answer, ms }) => {
        const result = status === null ? tag('no answer', 'bad') : tag(`answered ${status}`, byStatus(status));
        const line = el('p', 'attempt', null, result, el('span', 'sub', `${clockTime(at)} · ${ms} ms`));
        const empty = status === null ? [] : [el('p', 'sub', 'An empty body.')];
        const said = answer === undefined ? empty : [pre('What the receiver answered', answer)];
        return el('div', '', null, line, ...(error ? [el('p', 'error', error)] : []), ...said);
    });
    if (status === 'pending') shown.push(el('p', 'sub', attempts.length === 0 ? 'Not sent yet.' : 'It will be tried again.'));
    const made = part(attempts.length === 1 ? 'The attempt' : 'Attempts', ...shown);
    made.classList.add('attempts');
    return made;
}

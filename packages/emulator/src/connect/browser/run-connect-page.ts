import { popupModes } from '../auth-modes.js';
import { applyTheme } from './apply-theme.js';
import { askToClose } from './ask-to-close.js';
import { chooseIntegration } from './choose-integration.js';
import { type ConnectForm, createForm } from './create-form.js';
import { badge, button, type Child, h, text } from './elements.js';
import { openPopup } from './open-popup.js';
import type { Integration, Provider, Session } from './page-types.js';
import { sendForm } from './send-form.js';

/** Codes by which a window says that the session is over (contract 2.1). */
const sessionEnded = new Set(['unknown_connect_session_token', 'invalid_connect_session_token_format']);

/** The Connect page (contract 16.2, 16.3): gets a session token, lets a person choose and fill in, reports to its parent how it went. */
export function runConnectPage(): void {
    const api = location.origin;
    const query = new URLSearchParams(location.search);
    const framed = window.parent !== window;
    const app = document.getElementById('app') as HTMLElement;
    // A reload finds the token in the history's state, where no address shows it.
    let token: string = query.get('session_token') ?? history.state?.sessionToken ?? '';
    let session: Session | undefined;
    let integrations: Integration[] = [];
    /** The list as it was left, and what was chosen there. */
    let list: { children: Child[]; chosen?: HTMLElement; scrolled?: [number, number] } | undefined;
    /** Forms that were looked at keep what was entered. */
    let forms = new Map<string, { title: string; form: ConnectForm }>();
    let current: ConnectForm | undefined;
    /** Counts starts: what an earlier one still brings is dropped. */
    let run = 0;

    const tell = (message: Record<string, unknown>) => {
        if (framed) window.parent.postMessage(message, '*');
    };
    const tellError = (errorType: string, errorMessage: string) => tell({ type: 'error', payload: { errorType, errorMessage } });

    const beacon = (event: string, integration?: string) => {
        if (!token) return;
        const body = { token, event, timestamp: new Date().toISOString(), ...(integration && { dimensions: { integration } }) };
        const headers = { 'content-type': 'application/json' };
        fetch(`${api}/connect/telemetry`, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true }).catch(
            () => undefined,
        );
    };

    const read = async (path: string) => {
        const response = await fetch(api + path, { headers: { authorization: `Bearer ${token}` } });
        if (response.status !== 200) throw response;
        return (await response.json()).data;
    };

    const close = (event: string) => {
        current?.abandon();
        beacon(event);
        tell({ type: 'close' });
        if (!framed) show('You can close this page', [text('p', 'Nothing more happens here.', 'muted')], { closable: false });
    };

    /** Closes at once where nothing gets lost by it. */
    const closeOrAsk = (event: string) => {
        const holds = current?.holds() ?? 'nothing';
        if (holds === 'nothing') close(event);
        else askToClose(app, holds, () => close(event));
    };

    const show = (
        title: string,
        children: Child[],
        options: { sub?: string; back?: boolean; mark?: Node; closable?: boolean; form?: ConnectForm; role?: string } = {},
    ) => {
        current = options.form;
        const heading = h('h1', { tabindex: '-1' }, title);
        const bar = h('div', { class: 'bar' });
        if (options.back) {
            const back = button('Back', () => goBack(), 'icon');
            back.textContent = '←';
            back.setAttribute('aria-label', 'Back to the list');
            bar.append(back);
        }
        if (framed && options.closable !== false) {
            const cross = button('×', () => close('click:close'), 'icon end');
            cross.setAttribute('aria-label', 'Close');
            bar.append(cross);
        }
        const words = h('div', { role: options.role }, heading, options.sub && text('p', options.sub, 'muted small'));
        const hero = h('div', { class: 'hero' }, options.mark, words);
        app.replaceChildren(
            bar,
            h('div', { class: 'content' }, hero, ...children),
            text('div', 'Connect page of the Nango emulator', 'foot'),
        );
        document.title = title;
        app.scrollTop = 0;
        window.scrollTo(0, 0);
        heading.focus();
        return heading;
    };

    const showLoading = () => {
        current = undefined;
        app.replaceChildren(
            h('div', { class: 'content wait', role: 'status' }, h('span', { class: 'spinner' }), text('p', 'Loading…', 'muted')),
        );
    };

    const showFailure = (title: string, message: string, retry?: () => void) => {
        const actions = h(
            'div',
            { class: 'stack' },
            retry && button('Try again', retry),
            framed && button('Close', () => close('click:close'), 'button quiet'),
        );
        show(title, [h('p', { class: 'notice bad', role: 'alert' }, message), actions], {
            mark: badge('!'),
        });
    };

    const showExpired = () => {
        tellError('unknown_connect_session_token', 'The session has expired');
        showFailure('This session has expired', 'Go back to the app that sent you here and start again.');
    };

    const failedToLoad = (error: unknown) => {
        if (error instanceof Response && error.status === 401) return showExpired();
        beacon('view:unknown_error');
        tellError('unknown_error', 'The page could not be loaded');
        showFailure('Something went wrong', 'The page could not be loaded.', () => void start());
    };

    const showList = () => {
        beacon('view:list');
        list ??= {
            children: chooseIntegration(integrations, (integration, entry) => {
                list = { ...(list as NonNullable<typeof list>), chosen: entry, scrolled: [app.scrollTop, window.scrollY] };
                beacon('click:integration', integration.unique_key);
                void openIntegration(integration);
            }),
        };
        show('Connect an account', list.children, { sub: 'Choose what you want to connect.' });
    };

    /** To the list as it was: its search, its place, and the focus on what was chosen. */
    const goBack = () => {
        current?.abandon();
        showList();
        list?.chosen?.focus({ preventScroll: true });
        const [inside = 0, outside = 0] = list?.scrolled ?? [];
        app.scrollTop = inside;
        window.scrollTo(0, outside);
    };

    const openIntegration = async (integration: Integration) => {
        const known = forms.get(integration.unique_key);
        if (known) return showForm(integration, known);
        const mine = run;
        showLoading();
        try {
            const provider: Provider = await read(`/providers/${encodeURIComponent(integration.provider)}`);
            if (mine !== run) return;
            const made = makeForm(integration, provider);
            forms.set(integration.unique_key, made);
            showForm(integration, made);
        } catch (error) {
            if (mine === run) failedToLoad(error);
        }
    };

    const showForm = ({ unique_key, display_name }: Integration, { title, form }: { title: string; form: ConnectForm }) => {
        beacon('view:integration', unique_key);
        show(title, [form.element], { mark: badge(display_name), back: integrations.length > 1, form });
    };

    const makeForm = ({ unique_key: integrationId, display_name: name }: Integration, provider: Provider) => {
        const popup = popupModes.has(provider.auth_mode) && provider.installation !== 'outbound';
        const form = createForm({
            name,
            provider,
            popup,
            preset: session?.integrations_config_defaults?.[integrationId]?.connection_config ?? {},
            docs: session?.overrides?.[integrationId]?.docs_connect ?? provider.docs_connect,
            submit: (values, outcome) => {
                beacon('click:connect', integrationId);
                const search = new URLSearchParams({ connect_session_token: token });
                for (const [key, value] of Object.entries(values.params)) search.set(`params[${key}]`, value);
                if (!popup) {
                    void sendForm({ ...outcome, api, integrationId, provider, values, search, expired: showExpired });
                    return undefined;
                }
                return openPopup({
                    ...outcome,
                    api,
                    websocketsPath: session?.websocketsPath ?? '/',
                    target: `/oauth/connect/${encodeURIComponent(integrationId)}?${search}`,
                    beacon: (event) => beacon(event, integrationId),
                });
            },
            succeeded: (result) => {
                forms.delete(integrationId);
                beacon('view:success', integrationId);
                tell({ type: 'connect', payload: result });
                showSuccess(provider, result.isPending === true);
            },
            failed: (type, message) => {
                if (sessionEnded.has(type)) return showExpired();
                beacon('view:credentials_error', integrationId);
                tellError(type, message);
            },
            cancelled: () => {
                beacon('popup:closed_early', integrationId);
                tellError('window_closed', 'The wait for the window was cancelled.');
            },
        });
        return { title: `${session?.isReconnecting ? 'Reconnect' : 'Connect'} ${name}`, form };
    };

    const showSuccess = (provider: Provider, pending: boolean) => {
        const finish = button('Finish', () => close('click:finish'));
        const sub = pending ? 'Someone else has to approve the installation.' : 'You can go back to the app.';
        const mark = badge(pending ? '…' : '✓', 'badge good');
        const heading = show(
            pending ? `${provider.display_name} is waiting for approval` : `${provider.display_name} is connected`,
            [framed && finish],
            { sub, mark, closable: false, role: 'status' },
        );
        if (!framed) return;
        heading.id = 'success';
        finish.setAttribute('aria-describedby', 'success');
        finish.focus();
    };

    const start = async () => {
        const mine = ++run;
        list = undefined;
        forms = new Map();
        showLoading();
        try {
            session = await read('/connect/session');
            integrations = await read('/integrations');
            if (mine !== run) return;
            theme();
            beacon('open');
            const only = integrations[0];
            if (integrations.length === 1 && only) await openIntegration(only);
            else showList();
        } catch (error) {
            if (mine === run) failedToLoad(error);
        }
    };

    const theme = () => applyTheme(query.get('theme'), session?.connectUISettings);
    document.documentElement.dataset.framed = String(framed);
    theme();
    showLoading();
    document.addEventListener('keydown', (event) => {
        // In the search field Escape empties the field first.
        const typing = event.target instanceof HTMLInputElement && event.target.type === 'search' && event.target.value !== '';
        // An open dialog takes the key itself.
        if (event.key !== 'Escape' || !framed || typing || app.querySelector('dialog')) return;
        // Else the same stroke would close the dialog that asks.
        event.preventDefault();
        closeOrAsk('click:close');
    });
    document.body.addEventListener('click', (event) => {
        if (event.target === document.body && framed) closeOrAsk('click:outside');
    });
    const noToken = () => {
        if (!token) showFailure('This page has no session', 'Open it from the app that wants to connect an account.');
    };
    if (token) {
        // The token stays out of what the page's address and the history show.
        query.delete('session_token');
        history.replaceState({ sessionToken: token }, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}`);
        void start();
    } else if (!framed) {
        noToken();
    } else {
        setTimeout(noToken, 10_000);
    }
    window.addEventListener('message', (event) => {
        if (event.source !== window.parent || !framed) return;
        const { type, sessionToken } = event.data ?? {};
        if (type !== 'session_token' || typeof sessionToken !== 'string' || sessionToken === token) return;
        token = sessionToken;
        void start();
    });
    tell({ type: 'ready' });
}

import { popupModes } from '../auth-modes.js';
import { createForm } from './create-form.js';
import { badge, button, type Child, h, text } from './elements.js';
import { openPopup } from './open-popup.js';
import type { Integration, Provider, Session } from './page-types.js';
import { sendForm } from './send-form.js';

/** The Connect page (contract 16.2, 16.3): gets a session token, lets a person choose and fill in, tells its parent how it went. */
export function runConnectPage(): void {
    const api = location.origin;
    const query = new URLSearchParams(location.search);
    const framed = window.parent !== window;
    const app = document.getElementById('app') as HTMLElement;
    let token = query.get('session_token') ?? '';
    let session: Session | undefined;
    let integrations: Integration[] = [];
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
        beacon(event);
        tell({ type: 'close' });
        if (!framed) show('You can close this page', [text('p', 'Nothing more happens here.', 'muted')], { closable: false });
    };

    const show = (
        title: string,
        children: Child[],
        options: { sub?: string; back?: boolean; mark?: Node; closable?: boolean } = {},
    ) => {
        const heading = h('h1', { tabindex: '-1' }, title);
        const bar = h('div', { class: 'bar' });
        if (options.back) {
            const back = button('Back', () => showList(), 'icon');
            back.textContent = '←';
            back.setAttribute('aria-label', 'Back to the list');
            bar.append(back);
        }
        if (framed && options.closable !== false) {
            const cross = button('×', () => close('click:close'), 'icon end');
            cross.setAttribute('aria-label', 'Close');
            bar.append(cross);
        }
        const words = h('div', {}, heading, options.sub && text('p', options.sub, 'muted small'));
        const hero = h('div', { class: 'hero' }, options.mark, words);
        app.replaceChildren(
            bar,
            h('div', { class: 'content' }, hero, ...children),
            text('div', 'Connect page of the Nango emulator', 'foot'),
        );
        document.title = title;
        heading.focus();
    };

    const showLoading = () => {
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
        const list = h('ul', { class: 'list' });
        for (const integration of integrations) {
            const entry = h(
                'button',
                { type: 'button', class: 'entry' },
                badge(integration.display_name),
                text('span', integration.display_name),
                h('span', { class: 'arrow', 'aria-hidden': 'true' }, '›'),
            );
            entry.addEventListener('click', () => {
                beacon('click:integration', integration.unique_key);
                void openIntegration(integration);
            });
            list.append(h('li', {}, entry));
        }
        const filter = h('input', {
            type: 'search',
            id: 'filter',
            placeholder: 'Search',
            autocomplete: 'off',
        }) as HTMLInputElement;
        const none = h('p', { class: 'muted', hidden: true, role: 'status' }, 'Nothing has this name.');
        filter.addEventListener('input', () => {
            const wanted = filter.value.trim().toLowerCase();
            integrations.forEach(({ display_name, unique_key }, index) => {
                (list.children[index] as HTMLElement).hidden = !`${display_name} ${unique_key}`.toLowerCase().includes(wanted);
            });
            none.hidden = [...list.children].some((entry) => !(entry as HTMLElement).hidden);
        });
        const search =
            integrations.length > 6 && h('div', { class: 'row' }, h('label', { for: 'filter', class: 'hide' }, 'Search'), filter);
        const empty = integrations.length === 0 && text('p', 'There is nothing to connect here yet.', 'notice');
        show('Connect an account', [search, list, none, empty], { sub: 'Choose what you want to connect.' });
    };

    const openIntegration = async (integration: Integration) => {
        const mine = run;
        showLoading();
        try {
            const provider: Provider = await read(`/providers/${encodeURIComponent(integration.provider)}`);
            if (mine !== run) return;
            beacon('view:integration', integration.unique_key);
            showForm(integration, provider);
        } catch (error) {
            if (mine === run) failedToLoad(error);
        }
    };

    const showForm = (integration: Integration, provider: Provider) => {
        const { unique_key: integrationId, display_name: name } = integration;
        const popup = popupModes.has(provider.auth_mode) && provider.installation !== 'outbound';
        const form = createForm({
            provider,
            popup,
            preset: session?.integrations_config_defaults?.[integrationId]?.connection_config ?? {},
            docs: session?.overrides?.[integrationId]?.docs_connect ?? provider.docs_connect,
            submit: (values, outcome) => {
                beacon('click:connect', integrationId);
                const search = new URLSearchParams({ connect_session_token: token });
                for (const [key, value] of Object.entries(values.params)) search.set(`params[${key}]`, value);
                if (!popup)
                    return void sendForm({
                        ...outcome,
                        api,
                        integrationId,
                        provider,
                        values,
                        search,
                        expired: showExpired,
                    });
                openPopup({
                    ...outcome,
                    api,
                    websocketsPath: session?.websocketsPath ?? '/',
                    target: `/oauth/connect/${encodeURIComponent(integrationId)}?${search}`,
                    beacon: (event) => beacon(event, integrationId),
                });
            },
            succeeded: (result) => {
                beacon('view:success', integrationId);
                tell({ type: 'connect', payload: result });
                showSuccess(provider, result.isPending === true);
            },
            failed: (type, message) => {
                beacon('view:credentials_error', integrationId);
                tellError(type, message);
            },
        });
        const title = `${session?.isReconnecting ? 'Reconnect' : 'Connect'} ${name}`;
        show(title, [form], { mark: badge(name), back: integrations.length > 1 });
    };

    const showSuccess = (provider: Provider, pending: boolean) => {
        const finish = button('Finish', () => close('click:finish'));
        const sub = pending ? 'Someone else has to approve the installation.' : 'You can go back to the app.';
        const mark = badge(pending ? '…' : '✓', 'badge good');
        show(
            pending ? `${provider.display_name} is waiting for approval` : `${provider.display_name} is connected`,
            [framed && finish],
            { sub, mark, closable: false },
        );
        if (framed) finish.focus();
    };

    const applyTheme = () => {
        const wanted = query.get('theme') ?? session?.connectUISettings.defaultTheme ?? 'system';
        const root = document.documentElement;
        if (wanted === 'light' || wanted === 'dark') root.dataset.theme = wanted;
        const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
        const primary = session?.connectUISettings.theme[dark ? 'dark' : 'light']?.primary ?? '';
        // The default is nobody's choice, and too pale to be read on.
        if (!/^#[0-9a-f]{6}$/i.test(primary) || primary.toUpperCase() === '#00B2E3') return;
        const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (Number.parseInt(primary.slice(at, at + 2), 16) / 255) ** 2.2);
        root.style.setProperty('--accent', primary);
        root.style.setProperty('--on-accent', 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000000' : '#ffffff');
    };

    const start = async () => {
        const mine = ++run;
        showLoading();
        try {
            session = await read('/connect/session');
            integrations = await read('/integrations');
            if (mine !== run) return;
            applyTheme();
            beacon('open');
            const only = integrations[0];
            if (integrations.length === 1 && only) await openIntegration(only);
            else showList();
        } catch (error) {
            if (mine === run) failedToLoad(error);
        }
    };

    document.documentElement.dataset.framed = String(framed);
    applyTheme();
    showLoading();
    document.addEventListener('keydown', (event) => {
        // In the search field Escape empties the field first.
        const typing = event.target instanceof HTMLInputElement && event.target.type === 'search' && event.target.value !== '';
        if (event.key === 'Escape' && framed && !typing) close('click:close');
    });
    document.body.addEventListener('click', (event) => {
        if (event.target === document.body && framed) close('click:outside');
    });
    const noToken = () => {
        if (!token) showFailure('This page has no session', 'Open it from the app that wants to connect an account.');
    };
    if (token) {
        // The token stays out of the history and of what the page's address shows.
        query.delete('session_token');
        history.replaceState(null, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}`);
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

/** One field of a form, as providers describe it (wire contract 5.1). */
interface Schema {
    title?: string;
    description?: string;
    example?: string;
    pattern?: string;
    optional?: boolean;
    format?: string;
    order?: number;
    default_value?: string;
    hidden?: boolean;
    prefix?: string;
    suffix?: string;
    secret?: boolean;
    automated?: boolean;
    enum?: string[];
    visible_when?: { field: string; equals: string };
}

interface Provider {
    name: string;
    display_name: string;
    auth_mode: string;
    installation?: string;
    docs_connect?: string;
    require_client_certificate?: boolean;
    credentials?: Record<string, Schema>;
    connection_config?: Record<string, Schema>;
    assertion_option?: Record<string, Schema>;
}

interface Integration {
    unique_key: string;
    provider: string;
    display_name: string;
}

interface Session {
    connectUISettings: { theme: Record<'light' | 'dark', { primary: string }>; defaultTheme: string };
    integrations_config_defaults?: Record<string, { connection_config?: Record<string, unknown> }>;
    overrides?: Record<string, { docs_connect?: string }>;
    isReconnecting?: boolean;
    websocketsPath?: string;
}

interface Field {
    group: 'credentials' | 'params' | 'assertionOption';
    name: string;
    schema: Schema;
    input: HTMLInputElement | HTMLSelectElement;
    row: HTMLElement;
    error: HTMLElement;
}

type Child = Node | string | null | undefined | false;

/**
 * The whole script of the Connect page (wire contract 16.2, 16.3). It is sent to the browser as its own source text: it must use nothing
 * from outside of itself, and everything that it shows goes through `textContent`.
 *
 * @param modes auth mode → where its form is posted and which fields it has
 * @param popups auth modes that open a window
 */
export function runConnectPage(modes: Record<string, { path: string; fields: string[] }>, popups: string[]): void {
    const api = location.origin;
    const query = new URLSearchParams(location.search);
    const framed = window.parent !== window;
    const app = document.getElementById('app') as HTMLElement;
    const known: Record<string, Schema> = {
        apiKey: { title: 'API key', secret: true },
        username: { title: 'Username' },
        password: { title: 'Password', secret: true },
        client_id: { title: 'Client ID' },
        client_secret: { title: 'Client secret', secret: true },
        client_certificate: { title: 'Client certificate', secret: true },
        client_private_key: { title: 'Client private key', secret: true },
        token_id: { title: 'Token ID' },
        token_secret: { title: 'Token secret', secret: true },
        organization_id: { title: 'Organization ID' },
        dev_key: { title: 'Developer key', secret: true },
        role_arn: { title: 'IAM role ARN' },
    };
    let token = query.get('session_token') ?? '';
    let session: Session | undefined;
    let integrations: Integration[] = [];
    let run = 0;

    // ---- talking to the parent and to the API

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

    // ---- building pages

    const h = (tag: string, attributes: Record<string, string | boolean | undefined>, ...children: Child[]) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
            if (value === true) element.setAttribute(name, '');
            else if (typeof value === 'string') element.setAttribute(name, value);
        }
        for (const child of children) if (child) element.append(child);
        return element;
    };
    const text = (tag: string, content: string, className?: string) => h(tag, { class: className }, content);
    const button = (label: string, onClick: (event: Event) => void, className = 'button') => {
        const element = h('button', { type: 'button', class: className }, label);
        element.addEventListener('click', onClick);
        return element;
    };
    const badge = (name: string) => h('span', { class: 'badge', 'aria-hidden': 'true' }, name.charAt(0).toUpperCase());

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
        app.replaceChildren(bar, h('div', { class: 'content' }, hero, ...children));
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
            mark: h('span', { class: 'badge', 'aria-hidden': 'true' }, '!'),
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

    // ---- the list

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

    // ---- the form

    const makeField = (group: Field['group'], name: string, schema: Schema, value: string): Field => {
        const id = `${group}-${name}`;
        const hint = schema.description && h('p', { class: 'hint', id: `${id}-hint` }, schema.description);
        const error = h('p', { class: 'error', id: `${id}-error`, hidden: true });
        const described = `${schema.description ? `${id}-hint ` : ''}${id}-error`;
        const secret = schema.secret || /password|secret|key|token/i.test(name);
        let input: HTMLInputElement | HTMLSelectElement;
        let control: HTMLElement;
        if (schema.enum) {
            input = h('select', { id, name: id, 'aria-describedby': described }) as HTMLSelectElement;
            if (!schema.default_value) input.append(h('option', { value: '' }, 'Choose…'));
            for (const option of schema.enum) input.append(h('option', { value: option }, option));
            control = input;
        } else {
            const type = secret && group !== 'params' ? 'password' : 'text';
            const attributes = {
                id,
                name: id,
                type,
                placeholder: schema.example,
                autocomplete: 'off',
                autocapitalize: 'none',
                spellcheck: 'false',
            };
            input = h('input', { ...attributes, 'aria-describedby': described }) as HTMLInputElement;
            control = h(
                'div',
                { class: 'control' },
                schema.prefix && text('span', schema.prefix, 'fix'),
                input,
                schema.suffix && text('span', schema.suffix, 'fix'),
            );
            if (type === 'password') control.append(reveal(input, schema.title ?? name));
        }
        input.value = value;
        if (!schema.optional) input.setAttribute('aria-required', 'true');
        const label = h('label', { for: id }, schema.title || name, schema.optional && text('span', ' optional', 'muted small'));
        return { group, name, schema, input, error, row: h('div', { class: 'row' }, label, hint, control, error) };
    };

    const reveal = (input: HTMLInputElement, title: string) => {
        const toggle = button(
            'Show',
            () => {
                const hidden = input.type === 'password';
                input.type = hidden ? 'text' : 'password';
                toggle.textContent = hidden ? 'Hide' : 'Show';
                toggle.setAttribute('aria-pressed', String(hidden));
            },
            'reveal',
        );
        toggle.setAttribute('aria-label', `Show ${title}`);
        toggle.setAttribute('aria-pressed', 'false');
        return toggle;
    };

    const fieldsOf = (integration: Integration, provider: Provider): Field[] => {
        const preset = session?.integrations_config_defaults?.[integration.unique_key]?.connection_config ?? {};
        const wanted: [Field['group'], string, Schema][] = [];
        for (const [name, schema] of Object.entries(provider.connection_config ?? {})) {
            if (!schema.automated && !(name in preset)) wanted.push(['params', name, schema]);
        }
        const mode = modes[provider.auth_mode];
        const certificate = provider.auth_mode === 'OAUTH2_CC' && provider.require_client_certificate;
        const fixed = certificate ? ['client_id', 'client_certificate', 'client_private_key'] : (mode?.fields ?? []);
        const names = fixed[0] === '*' ? Object.keys(provider.credentials ?? {}) : fixed;
        for (const name of names) wanted.push(['credentials', name, { ...known[name], ...provider.credentials?.[name] }]);
        for (const [name, schema] of Object.entries(provider.assertion_option ?? {}))
            wanted.push(['assertionOption', name, schema]);
        return wanted
            .sort((a, b) => (a[2].order ?? 99) - (b[2].order ?? 99))
            .map(([group, name, schema]) => makeField(group, name, schema, schema.default_value ?? ''));
    };

    /** What is wrong with a value; empty when nothing is. */
    const problem = ({ schema }: Field, value: string): string => {
        const title = schema.title || 'A value';
        if (value === '') return schema.optional || schema.hidden ? '' : `${title} is required.`;
        const example = schema.example ? ` It looks like ${schema.example}.` : '';
        try {
            if (schema.pattern && !new RegExp(schema.pattern).test(value))
                return `${title} is not in the expected form.${example}`;
        } catch {
            // A pattern that this browser can't read checks nothing.
        }
        if (schema.format === 'uri' && !/^https?:\/\/\S+$/.test(value)) return `${title} must start with http:// or https://.`;
        if (schema.format === 'hostname' && /[/\s]/.test(value))
            return `${title} must be a host name, without https:// or a path.`;
        return '';
    };

    const enteredValue = ({ input, schema }: Field): string => {
        let value = input.value.trim();
        if (schema.prefix && value.startsWith(schema.prefix)) value = value.slice(schema.prefix.length);
        if (schema.suffix && value.endsWith(schema.suffix)) value = value.slice(0, -schema.suffix.length);
        return value;
    };

    const showForm = (integration: Integration, provider: Provider) => {
        const fields = fieldsOf(integration, provider);
        const popup = popups.includes(provider.auth_mode) && provider.installation !== 'outbound';
        const alert = h('p', { class: 'notice bad', role: 'alert', hidden: true });
        const submit = h('button', { type: 'submit', class: 'button' }, 'Connect');
        const visible = (field: Field) => {
            const { hidden, visible_when: when } = field.schema;
            const other = when && fields.find(({ group, name }) => group === field.group && name === when.field);
            return !hidden && (!other || other.input.value === when?.equals);
        };
        const arrange = () => {
            for (const field of fields) field.row.hidden = !visible(field);
        };
        arrange();
        const docs = session?.overrides?.[integration.unique_key]?.docs_connect ?? provider.docs_connect;
        const guide =
            docs &&
            /^https?:\/\//.test(docs) &&
            fields.some(visible) &&
            h(
                'p',
                { class: 'small' },
                h('a', { href: docs, target: '_blank', rel: 'noopener noreferrer' }, 'Where do I find these values?'),
            );
        const opens = popup && text('p', 'A window opens in which you allow the access.', 'muted small');
        const form = h('form', { novalidate: true }, alert, ...fields.map(({ row }) => row), guide, opens, submit);
        form.addEventListener('input', arrange);

        const fail = (type: string, message: string) => {
            submit.setAttribute('aria-disabled', 'false');
            submit.textContent = 'Try again';
            alert.textContent = message;
            alert.hidden = false;
            beacon('view:credentials_error', integration.unique_key);
            tellError(type, message);
        };
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            if (submit.getAttribute('aria-disabled') === 'true') return;
            alert.hidden = true;
            let first: Field | undefined;
            for (const field of fields) {
                const wrong = visible(field) ? problem(field, enteredValue(field)) : '';
                field.error.textContent = wrong;
                field.error.hidden = wrong === '';
                field.input.setAttribute('aria-invalid', String(wrong !== ''));
                if (wrong && !first) first = field;
            }
            if (first) return first.input.focus();
            beacon('click:connect', integration.unique_key);
            submit.setAttribute('aria-disabled', 'true');
            submit.textContent = popup ? 'Waiting for the other window…' : 'Connecting…';
            const values: Record<Field['group'], Record<string, string>> = { credentials: {}, params: {}, assertionOption: {} };
            for (const field of fields) {
                const value = visible(field) ? enteredValue(field) : (field.schema.default_value ?? '');
                if (value !== '' || field.group === 'credentials') values[field.group][field.name] = value;
            }
            const search = new URLSearchParams({ connect_session_token: token });
            for (const [name, value] of Object.entries(values.params)) search.set(`params[${name}]`, value);
            const done = (result: { connectionId: string; providerConfigKey: string; isPending?: boolean }) => {
                beacon('view:success', integration.unique_key);
                tell({ type: 'connect', payload: result });
                showSuccess(provider, result.isPending === true);
            };
            if (popup) openPopup(integration, search, done, fail);
            else void send(integration, provider, values, search, done, fail);
        });
        const title = session?.isReconnecting ? `Reconnect ${integration.display_name}` : `Connect ${integration.display_name}`;
        const sub = fields.some(visible) ? 'Your details go to this app only.' : undefined;
        show(title, [form], { mark: badge(integration.display_name), back: integrations.length > 1, ...(sub && { sub }) });
    };

    const send = async (
        integration: Integration,
        provider: Provider,
        values: Record<Field['group'], Record<string, string>>,
        search: URLSearchParams,
        done: (result: { connectionId: string; providerConfigKey: string; isPending?: boolean }) => void,
        fail: (type: string, message: string) => void,
    ) => {
        const outbound = provider.installation === 'outbound';
        const path = outbound ? '/auth/oauth-outbound' : modes[provider.auth_mode]?.path;
        if (!path) return fail('invalid_auth_mode', 'This page does not know how to connect this integration.');
        const body: Record<string, unknown> = { ...values.credentials };
        if (Object.keys(values.assertionOption).length > 0) body.assertionOption = values.assertionOption;
        if (provider.auth_mode === 'AWS_SIGV4' && values.params.region) body.region = values.params.region;
        const empty = outbound || provider.auth_mode === 'NONE';
        try {
            const response = await fetch(`${api}${path}/${encodeURIComponent(integration.unique_key)}?${search}`, {
                method: 'POST',
                headers: empty ? {} : { 'content-type': 'application/json' },
                ...(empty ? {} : { body: JSON.stringify(body) }),
            });
            const answer = await response.json();
            if (response.ok) return done(answer);
            if (response.status === 401) return showExpired();
            const { code, message, errors } = answer.error ?? {};
            fail(code ?? 'unknown_error', message ?? errors?.[0]?.message ?? 'These details were refused.');
        } catch {
            fail('unknown_error', 'The details could not be sent. Check your connection and try again.');
        }
    };

    const openPopup = (
        integration: Integration,
        search: URLSearchParams,
        done: (result: { connectionId: string; providerConfigKey: string; isPending?: boolean }) => void,
        fail: (type: string, message: string) => void,
    ) => {
        const left = Math.max(0, (screen.width - 520) / 2);
        const top = Math.max(0, (screen.height - 680) / 2);
        const popup = window.open('', '_blank', `popup=yes,width=520,height=680,left=${left},top=${top}`);
        if (!popup) {
            beacon('popup:blocked_by_browser', integration.unique_key);
            return fail('blocked_by_browser', 'The browser blocked the window. Allow pop-ups for this page and try again.');
        }
        const socket = new WebSocket(new URL(session?.websocketsPath ?? '/', api.replace(/^http/, 'ws')));
        let settled = false;
        const settle = (end: () => void) => {
            if (settled) return;
            settled = true;
            clearInterval(watch);
            window.removeEventListener('message', onMessage);
            socket.close();
            end();
        };
        const onMessage = (event: MessageEvent) => {
            if (event.origin !== api || event.source !== popup) return;
            const { type, payload } = event.data ?? {};
            if (type !== 'nango_oauth_callback_success' && type !== 'nango_oauth_callback_error') return;
            popup.postMessage({ type: 'nango_oauth_callback_ack' }, api);
            if (type === 'nango_oauth_callback_error') {
                settle(() => fail(payload?.errorType ?? 'unknown_error', payload?.message ?? 'The access was not allowed.'));
            }
        };
        window.addEventListener('message', onMessage);
        let closedFor = 0;
        const watch = setInterval(() => {
            closedFor = popup.closed ? closedFor + 1 : 0;
            // The last word may still be on its way when the window closes.
            if (closedFor < 4) return;
            beacon('popup:closed_early', integration.unique_key);
            settle(() => fail('window_closed', 'The window was closed before the access was allowed.'));
        }, 250);
        socket.addEventListener('message', (event) => {
            const data = JSON.parse(event.data);
            if (data.message_type === 'connection_ack') {
                search.set('ws_client_id', data.ws_client_id);
                popup.location = `${api}/oauth/connect/${encodeURIComponent(integration.unique_key)}?${search}`;
            } else if (data.message_type === 'success') {
                const result = { providerConfigKey: data.provider_config_key, connectionId: data.connection_id };
                settle(() => done(data.is_pending ? { ...result, isPending: true } : result));
            } else if (data.message_type === 'error') {
                settle(() => fail(data.error_type, data.error_desc));
            }
        });
        socket.addEventListener('error', () => {
            settle(() => {
                popup.close();
                fail('unknown_error', 'The page lost its connection. Try again.');
            });
        });
    };

    const showSuccess = (provider: Provider, pending: boolean) => {
        const finish = button('Finish', () => close('click:finish'));
        const sub = pending ? 'Someone else has to approve the installation.' : 'You can go back to the app.';
        const mark = h('span', { class: 'badge good', 'aria-hidden': 'true' }, pending ? '…' : '✓');
        show(
            pending ? `${provider.display_name} is waiting for approval` : `${provider.display_name} is connected`,
            [framed && finish],
            { sub, mark, closable: false },
        );
        if (framed) finish.focus();
    };

    // ---- start

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
        if (event.key === 'Escape' && framed) close('click:close');
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

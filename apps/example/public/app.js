const names = { hubspot: 'HubSpot', github: 'GitHub' };
let started = false;
const byId = (id) => document.getElementById(id);

async function call(path, init) {
    const response = await fetch(path, init);
    if (response.status === 204) return null;
    const body = await response.json();
    if (body.action === 'connect') throw new Error(`Connect ${names[body.integrationId]} first.`);
    if (!response.ok) throw new Error(body.error);
    return body;
}

function say(text, good = true) {
    const message = byId('message');
    message.textContent = text;
    message.classList.toggle('bad', !good);
    message.hidden = false;
}

/** Runs what a button or form does, once at a time, and says how it went. */
async function act(button, work) {
    button.disabled = true;
    try {
        const done = await work();
        if (done) say(done);
    } catch (error) {
        say(error.message, false);
    } finally {
        button.disabled = false;
    }
}

function button(label, className, work) {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = label;
    element.className = className;
    element.addEventListener('click', () => act(element, work));
    return element;
}

async function connect(integrationId, kind) {
    // Opened at once, while the click still counts: a browser blocks a window that opens after an answer.
    const page = window.open('about:blank');
    try {
        const { connectLink } = await call(`/api/connections/${integrationId}/${kind}`, { method: 'POST' });
        if (page) page.location = connectLink;
        else location.assign(connectLink);
    } catch (error) {
        page?.close();
        throw error;
    }
    return `Go on in the other window to connect ${names[integrationId]}.`;
}

async function disconnect(integrationId) {
    await call(`/api/connections/${integrationId}`, { method: 'DELETE' });
    await show(false);
    return `${names[integrationId]} is no longer connected.`;
}

function account({ integrationId, connected, needsReconnect }) {
    const item = document.createElement('li');
    const name = document.createElement('span');
    name.textContent = names[integrationId];
    const state = document.createElement('span');
    state.className = `state ${needsReconnect ? 'bad' : connected ? 'good' : ''}`;
    state.textContent = needsReconnect ? 'needs you to connect again' : connected ? 'connected' : 'not connected';
    name.append(state);
    item.append(name);
    if (needsReconnect) item.append(button('Reconnect', '', () => connect(integrationId, 'reconnect-session')));
    else if (connected) item.append(button('Disconnect', 'quiet', () => disconnect(integrationId)));
    else item.append(button('Connect', '', () => connect(integrationId, 'session')));
    return item;
}

function row({ name, email }) {
    const line = document.createElement('tr');
    for (const text of [name, email]) {
        const cell = document.createElement('td');
        cell.textContent = text;
        line.append(cell);
    }
    return line;
}

const connectedBefore = new Set();

/** @param fresh whether the back end asks Nango, or reads its own table */
async function show(fresh) {
    const { integrations } = await call(`/api/connections${fresh ? '?fresh' : ''}`);
    for (const { integrationId, connected } of integrations) {
        if (!connected) connectedBefore.delete(integrationId);
        else if (!connectedBefore.has(integrationId) && connectedBefore.add(integrationId) && started) {
            say(`${names[integrationId]} is connected.`);
        }
    }
    byId('accounts').replaceChildren(...integrations.map(account));
    const crm = integrations.some(({ integrationId, connected }) => integrationId === 'hubspot' && connected);
    const contacts = crm ? (await call('/api/contacts')).contacts : [];
    byId('contacts').hidden = contacts.length === 0;
    byId('contacts').tBodies[0].replaceChildren(...contacts.map(row));
    byId('no-contacts').hidden = contacts.length > 0;
    byId('no-contacts').textContent = crm
        ? 'No contacts yet: the first sync is on its way.'
        : 'Connect HubSpot to see your contacts.';
    byId('refresh').hidden = !crm;
}

byId('refresh').addEventListener('click', (event) =>
    act(event.currentTarget, async () => {
        await call('/api/contacts/refresh', { method: 'POST' });
        return 'Asked HubSpot for what is new.';
    }),
);

byId('issue').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    act(event.submitter, async () => {
        const issue = Object.fromEntries(new FormData(form));
        const headers = { 'content-type': 'application/json' };
        const { number } = await call('/api/issues', { method: 'POST', headers, body: JSON.stringify(issue) });
        form.reset();
        return `Created issue #${number}.`;
    });
});

byId('upload').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    act(event.submitter, async () => {
        const { name, size } = await call('/api/files', { method: 'POST', body: new FormData(form) });
        form.reset();
        return `Uploaded ${name}, ${size} bytes.`;
    });
});

const { name, email } = await call('/api/me');
byId('me').textContent = `${name}, ${email}`;
await show(true);
started = true;
// Connections and records arrive by webhook at the back end: look now and then, and when the user comes back.
setInterval(() => document.hidden || show(false).catch(() => {}), 2_000);
window.addEventListener('focus', () => show(true).catch(() => {}));

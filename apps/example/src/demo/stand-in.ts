import { Hono } from 'hono';

/** The parts of HubSpot's and GitHub's APIs that the example uses, so that the demo needs no network. */
export function standInProviders(): Hono {
    const providers = new Hono();
    providers.use(async (c, next) => {
        if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) return c.json({ message: 'Bad credentials' }, 401);
        await next();
    });
    providers.route('/hubspot', hubspot());
    providers.route('/github', github());
    return providers;
}

function hubspot(): Hono {
    const contacts = new Map<string, Record<string, string>>();
    let next = 101;
    const add = (properties: Record<string, string>) => {
        const id = String(next++);
        contacts.set(id, properties);
        return { id, properties };
    };
    for (const [firstname, lastname] of people) add({ firstname, lastname, email: `${firstname}@example.com`.toLowerCase() });

    const api = new Hono();
    api.get('/crm/v3/objects/contacts', (c) => {
        const limit = Number(c.req.query('limit') ?? 10);
        const results = [...contacts].map(([id, properties]) => ({ id, properties }));
        return c.json({ results: results.slice(0, limit), total: results.length });
    });
    api.post('/crm/v3/objects/contacts', async (c) => c.json(add((await c.req.json()).properties), 201));
    api.patch('/crm/v3/objects/contacts/:id', async (c) => {
        const known = contacts.get(c.req.param('id'));
        if (!known) return c.json({ status: 'error', category: 'OBJECT_NOT_FOUND' }, 404);
        return c.json({ id: c.req.param('id'), properties: Object.assign(known, (await c.req.json()).properties) });
    });
    api.put('/crm/v4/objects/contacts/:id/associations/default/companies/:company', (c) =>
        c.json({ status: 'COMPLETE', results: [{ from: { id: c.req.param('id') }, to: { id: c.req.param('company') } }] }),
    );
    api.delete('/crm/v3/objects/contacts/:id', (c) => {
        contacts.delete(c.req.param('id'));
        return c.body(null, 204);
    });
    api.post('/files/v3/files', async (c) => {
        const { file } = await c.req.parseBody();
        if (!(file instanceof File)) return c.json({ status: 'error', message: 'file is required' }, 400);
        return c.json({ id: String(next++), name: file.name, size: file.size }, 201);
    });
    return api;
}

function github(): Hono {
    let number = 0;
    return new Hono().post('/repos/:owner/:repo/issues', async (c) => {
        const { title } = await c.req.json();
        number++;
        const { owner, repo } = c.req.param();
        return c.json({ number, title, html_url: `https://github.com/${owner}/${repo}/issues/${number}` }, 201);
    });
}

const people = [
    ['Grace', 'Hopper'],
    ['Alan', 'Turing'],
    ['Katherine', 'Johnson'],
    ['Edsger', 'Dijkstra'],
    ['Barbara', 'Liskov'],
    ['Donald', 'Knuth'],
    ['Margaret', 'Hamilton'],
    ['Tony', 'Hoare'],
] as const;

import { type Context, Hono } from 'hono';
import type { People, Person } from './people.js';

/** Key that the stand-in for Folk takes, and any other that looks like one. */
export const folkKey = 'FOLKdemo2026';

/** The parts of HubSpot's and Folk's APIs that the hub uses, so that it needs no network. */
export function standIns(hubspot: People, folk: People): Hono {
    const providers = new Hono();
    providers.use(async (c, next) => {
        if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) return c.json({ message: 'Bad credentials' }, 401);
        await next();
    });
    providers.route('/hubspot', hubspotApi(hubspot));
    providers.route('/folk', folkApi(folk));
    return providers;
}

const notFound = (c: Context) => c.json({ status: 'error', message: 'There is no such contact.' }, 404);

function hubspotApi(people: People): Hono {
    const present = ({ id, firstName, lastName, email, company, jobTitle, phone, changedAt }: Person) => ({
        id,
        properties: {
            firstname: firstName,
            lastname: lastName,
            email,
            company,
            jobtitle: jobTitle,
            phone,
            lifecyclestage: 'customer',
            lastmodifieddate: changedAt,
        },
    });
    let files = 9001;
    const api = new Hono();
    api.get('/crm/v3/objects/contacts', (c) => {
        const after = Number(c.req.query('after') ?? 0);
        const end = after + 100;
        const results = people.list.slice(after, end).map(present);
        return c.json({ results, ...(end < people.list.length && { paging: { next: { after: String(end) } } }) });
    });
    api.get('/crm/v3/objects/contacts/:id', (c) => {
        const person = people.find(c.req.param('id'));
        return person ? c.json(present(person)) : notFound(c);
    });
    api.post('/crm/v3/objects/contacts', async (c) => {
        const { firstname, lastname, email, company } = (await c.req.json()).properties;
        if (people.hasEmail(email)) return c.json({ status: 'error', category: 'CONFLICT' }, 409);
        return c.json(present(people.add({ firstName: firstname, lastName: lastname, email, company })), 201);
    });
    api.post('/files/v3/files', async (c) => {
        const { file } = await c.req.parseBody();
        if (!(file instanceof File)) return c.json({ status: 'error', message: 'file is required' }, 400);
        return c.json({ id: String(files++), name: file.name, size: file.size }, 201);
    });
    return api;
}

function folkApi(people: People): Hono {
    const present = ({ id, firstName, lastName, email, company, jobTitle, phone, changedAt }: Person) => ({
        id,
        fullName: `${firstName} ${lastName}`.trim(),
        email,
        company,
        jobTitle,
        phone,
        updatedAt: changedAt,
    });
    const api = new Hono();
    api.get('/v1/users/me', (c) => c.json({ data: { id: 'me' } }));
    api.get('/v1/people', (c) => c.json({ data: { items: people.list.map(present) } }));
    api.get('/v1/people/:id', (c) => {
        const person = people.find(c.req.param('id'));
        return person ? c.json({ data: present(person) }) : notFound(c);
    });
    api.post('/v1/people', async (c) => {
        const { fullName, email, company } = await c.req.json();
        if (people.hasEmail(email)) return c.json({ error: 'exists' }, 409);
        const [firstName, ...lastName] = String(fullName).split(' ');
        return c.json({
            data: present(people.add({ firstName: firstName as string, lastName: lastName.join(' '), email, company })),
        });
    });
    return api;
}

/** The emulator's catalogue: the two providers answer on this machine. */
export function providersYaml(url: string): string {
    return `
hubspot:
    display_name: HubSpot
    categories: [crm]
    auth_mode: OAUTH2
    authorization_url: https://app.hubspot.com/oauth/authorize
    token_url: https://api.hubapi.com/oauth/v1/token
    token_expires_in_ms: 1800000
    proxy: { base_url: '${url}/hubspot' }
    docs: https://nango.dev/docs/integrations/all/hubspot
folk:
    display_name: Folk
    categories: [crm]
    auth_mode: API_KEY
    proxy:
        base_url: '${url}/folk'
        headers: { authorization: 'Bearer \${apiKey}' }
    credentials:
        apiKey: { type: string, title: API key, description: From your Folk settings, pattern: '^FOLK[a-zA-Z0-9]+$', example: ${folkKey} }
    docs: https://nango.dev/docs/integrations/all/folk
`;
}

import { ActionError, type Emulator, type FunctionConnection } from '@x/emulator';

const text = { type: 'string' };
const contact = { type: 'object', properties: { id: text, name: text, email: text, company: text } };
const newContact = { type: 'object', properties: { name: text, email: text, company: text } };
const created = { type: 'object', properties: { id: text } };
const all = ({ properties, ...rest }: typeof contact | typeof newContact | typeof created) => ({
    ...rest,
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
});
const syncSchema = { definitions: { Contact: all(contact) } };
const actionSchema = { definitions: { NewContact: all(newContact), CreatedContact: all(created) } };

interface NewContact {
    name: string;
    email: string;
    company: string;
}

/** What this product deploys to Nango, for each integration: the sync `contacts` and the action `create-contact`. Here the emulator runs them. */
export function defineHubFunctions(emulator: Emulator, providers: string): void {
    const sync = { model: 'Contact', frequency: 'every hour', trackDeletes: true, jsonSchema: syncSchema };
    const action = { input: 'NewContact', output: 'CreatedContact', jsonSchema: actionSchema };

    emulator.defineSync('hubspot', 'contacts', {
        ...sync,
        description: 'Contacts of a HubSpot account',
        async run({ connection, save }) {
            const headers = { authorization: `Bearer ${connection.credentials.access_token}` };
            let after: string | undefined = '0';
            while (after !== undefined) {
                const page: HubSpotPage = await call(`${providers}/hubspot/crm/v3/objects/contacts?limit=100&after=${after}`, {
                    headers,
                });
                save(
                    page.results.map(({ id, properties: { firstname, lastname, email, company } }) => ({
                        id,
                        name: `${firstname} ${lastname}`.trim(),
                        email,
                        company,
                    })),
                );
                after = page.paging?.next.after;
            }
        },
    });
    emulator.defineAction('hubspot', 'create-contact', {
        ...action,
        description: 'Creates a contact in HubSpot',
        async run({ name, email, company }: NewContact, { connection }) {
            const [firstname, ...lastname] = name.split(' ');
            const properties = { firstname, lastname: lastname.join(' '), email, company };
            return create('HubSpot', connection, `${providers}/hubspot/crm/v3/objects/contacts`, { properties });
        },
    });

    emulator.defineSync('folk', 'contacts', {
        ...sync,
        description: 'People of a Folk workspace',
        async run({ connection }) {
            const headers = { authorization: `Bearer ${connection.credentials.apiKey}` };
            const { data }: FolkPage = await call(`${providers}/folk/v1/people`, { headers });
            return data.items.map(({ id, fullName, email, company }) => ({ id, name: fullName, email, company }));
        },
    });
    emulator.defineAction('folk', 'create-contact', {
        ...action,
        description: 'Creates a person in Folk',
        run: ({ name, email, company }: NewContact, { connection }) =>
            create('Folk', connection, `${providers}/folk/v1/people`, { fullName: name, email, company }),
    });
}

interface HubSpotPage {
    results: { id: string; properties: Record<'firstname' | 'lastname' | 'email' | 'company', string> }[];
    paging?: { next: { after: string } };
}

interface FolkPage {
    data: { items: { id: string; fullName: string; email: string; company: string }[] };
}

async function create(name: string, { credentials }: FunctionConnection, url: string, body: object): Promise<{ id: string }> {
    const headers = {
        authorization: `Bearer ${credentials.access_token ?? credentials.apiKey}`,
        'content-type': 'application/json',
    };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status === 409) throw new ActionError({ reason: `${name} has a contact with this email address already.` });
    const made = (await response.json()) as { id?: string; data?: { id: string } };
    return { id: made.id ?? made.data?.id ?? '' };
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
    return (await response.json()) as T;
}

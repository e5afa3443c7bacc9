import { count } from '../describe.js';
import type { Tour } from '../tour.js';
import type { World } from '../world.js';
import type { Connected } from './connect.js';

interface Contact {
    id: string;
    properties: { firstname: string; lastname: string };
}

/** HubSpot's own API, with the user's token injected by Nango. */
export async function proxySection(tour: Tour, { nango }: World, { hubspot }: Connected): Promise<void> {
    const to = { providerConfigKey: 'hubspot', connectionId: hubspot };
    const contacts = '/crm/v3/objects/contacts';

    tour.section('Proxy: the provider’s own API, authorised');
    await tour.step(
        'get({ endpoint, params })',
        () => nango.get<{ results: Contact[] }>({ ...to, endpoint: contacts, params: { limit: 3 } }),
        ({ data }) =>
            count(
                'contact',
                data.results.map(({ properties }) => properties.lastname),
            ),
        { request: `GET /proxy${contacts}` },
    );
    const { data: made } = await tour.step(
        'post({ endpoint, data })',
        () =>
            nango.post<Contact>({
                ...to,
                endpoint: contacts,
                data: { properties: { firstname: 'Hedy', lastname: 'Lamarr', email: 'hedy@example.com' } },
            }),
        ({ data }) => `contact ${data.id}: ${data.properties.firstname} ${data.properties.lastname}`,
        { request: `POST /proxy${contacts}` },
    );
    await tour.step(
        'patch({ endpoint, data })',
        () => nango.patch<Contact>({ ...to, endpoint: `${contacts}/${made.id}`, data: { properties: { lastname: 'Kiesler' } } }),
        ({ data }) => `now ${data.properties.firstname} ${data.properties.lastname}`,
        { request: `PATCH /proxy/crm/…/contacts/${made.id}` },
    );
    const association = `/crm/v4/objects/contacts/${made.id}/associations/default/companies/7`;
    await tour.step(
        'put({ endpoint })',
        () => nango.put<{ status: string }>({ ...to, endpoint: association }),
        ({ data }) => `linked to a company: ${data.status}`,
        { request: `PUT /proxy/crm/…/contacts/${made.id}/…` },
    );
    await tour.step(
        'delete({ endpoint })',
        () => nango.delete({ ...to, endpoint: `${contacts}/${made.id}` }),
        ({ data }) => `gone, answered with ${data === '' ? 'nothing' : 'a body'}`,
        { request: `DELETE /proxy/crm/…/contacts/${made.id}` },
    );
    const form = new FormData();
    form.set('file', new File(['It can do whatever we know how to order it to perform.'], 'note-g.txt'));
    await tour.step(
        'post({ endpoint, data: FormData })',
        () => nango.post<{ name: string; size: number }>({ ...to, endpoint: '/files/v3/files', data: form }),
        ({ data }) => `${data.name} arrived, ${data.size} bytes`,
        { request: 'POST /proxy/files/v3/files' },
    );
}

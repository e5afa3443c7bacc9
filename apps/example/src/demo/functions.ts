import { ActionError, type Emulator } from '@x/emulator';

interface HubSpotContact {
    id: string;
    properties: { firstname: string; lastname: string; email: string };
}

/** What a team deploys to Nango beside its back end: one sync and two actions. Here they run in the emulator. */
export function defineFunctions(emulator: Emulator, standIn: string): void {
    emulator.defineSync('hubspot', 'contacts', {
        model: 'Contact',
        frequency: 'every hour',
        trackDeletes: true,
        description: 'Contacts of the CRM',
        async run({ connection }) {
            const response = await fetch(`${standIn}/hubspot/crm/v3/objects/contacts?limit=100`, {
                headers: { authorization: `Bearer ${connection.credentials.access_token}` },
            });
            const { results } = (await response.json()) as { results: HubSpotContact[] };
            return results.map(({ id, properties: { firstname, lastname, email } }) => ({
                id,
                name: `${firstname} ${lastname}`,
                email,
            }));
        },
    });

    emulator.defineAction('github', 'create-issue', async ({ title, body }: { title: string; body: string }, { connection }) => {
        if (!title) throw new ActionError({ field: 'title', reason: 'must not be empty' });
        const response = await fetch(`${standIn}/github/repos/analytical/engine/issues`, {
            method: 'POST',
            headers: {
                authorization: `Bearer ${connection.credentials.access_token}`,
                'content-type': 'application/json',
            },
            body: JSON.stringify({ title, body }),
        });
        const { number, html_url } = (await response.json()) as { number: number; html_url: string };
        return { number, url: html_url };
    });
}

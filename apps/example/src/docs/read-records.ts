import { nango } from './nango.js';

interface Contact {
    id: string;
    name: string;
    email: string;
}

export async function printContacts(connectionId: string): Promise<void> {
    const contacts = nango.iterateRecords<Contact>({ providerConfigKey: 'hubspot', connectionId, model: 'Contact' });
    for await (const { name, email, _nango_metadata } of contacts) {
        if (_nango_metadata.last_action !== 'DELETED') console.log(name, email);
    }
}

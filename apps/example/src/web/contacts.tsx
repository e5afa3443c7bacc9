import { useDeferredValue, useState } from 'react';
import { Button, Input, Label, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { failureOf } from './api.js';
import { ContactPanel } from './contact-panel.js';
import { NewContact } from './new-contact.js';
import { FailureNotice } from './notice.js';
import { type Connection, type Contact, useConnections, useContacts } from './queries.js';

const page = 100;
const keyOf = ({ integrationId, id }: Contact) => `${integrationId}/${id}`;
/** What changed less than this long ago stands out for a moment, ms. */
const fresh = 10_000;

/** The tenant's contacts. Rows are known by their key: focus and selection stay when others come, change or go. */
export function Contacts() {
    const [search, setSearch] = useState('');
    const [limit, setLimit] = useState(page);
    const [selected, setSelected] = useState<Contact>();
    const connections = useConnections().data ?? [];
    const contacts = useContacts(useDeferredValue(search.trim()), limit);
    const { contacts: found = [], total = 0 } = contacts.data ?? {};
    const names = new Map(connections.map(({ integrationId, name }) => [integrationId, name]));
    const now = found.find((contact) => selected && keyOf(contact) === keyOf(selected));

    return (
        <>
            <section className="contacts" aria-labelledby="contacts" aria-busy={contacts.isPending}>
                <div className="title">
                    <h2 id="contacts">
                        Contacts <small>{contacts.data && total}</small>
                    </h2>
                    <NewContact connections={connections} />
                </div>
                <SearchField value={search} onChange={setSearch} maxLength={100}>
                    <Label>Search name, email or company</Label>
                    <Input />
                    <Button className="quiet">
                        <span aria-hidden>✕</span>
                    </Button>
                </SearchField>
                {contacts.isPending && <p role="status">Loading your contacts …</p>}
                {contacts.error && (
                    <>
                        <FailureNotice failure={failureOf(contacts.error)} />
                        <Button onPress={() => void contacts.refetch()}>Try again</Button>
                    </>
                )}
                {contacts.data && total === 0 && <Nothing search={search.trim()} connections={connections} />}
                {found.length > 0 && (
                    <ListBox
                        aria-label="Contacts"
                        items={found.map((contact) => ({ ...contact, id: keyOf(contact), contact }))}
                        selectionMode="single"
                        selectedKeys={selected ? [keyOf(selected)] : []}
                        onSelectionChange={(keys) =>
                            setSelected(found.find((contact) => keys !== 'all' && keys.has(keyOf(contact))))
                        }
                        // What rows are made of beside their item.
                        dependencies={[names.size]}
                    >
                        {({ contact }) => (
                            <ListBoxItem textValue={contact.name} className="contact">
                                <strong>{contact.name}</strong>
                                <span className="more">
                                    <span>{contact.email}</span>
                                    <span
                                        key={contact.changedAt}
                                        className={Date.now() - Date.parse(contact.changedAt) < fresh ? 'fresh' : undefined}
                                    >
                                        {contact.company}
                                    </span>
                                    <span className="source">{names.get(contact.integrationId) ?? contact.integrationId}</span>
                                </span>
                            </ListBoxItem>
                        )}
                    </ListBox>
                )}
                {found.length < total && limit < 1000 && (
                    <Button className="quiet" onPress={() => setLimit(Math.min(1000, limit + page))}>
                        Show {Math.min(page, total - found.length)} more of {total}
                    </Button>
                )}
            </section>
            {selected && (
                <ContactPanel
                    key={keyOf(selected)}
                    contact={now ?? selected}
                    isGone={contacts.isSuccess && !contacts.isPlaceholderData && !now && !search}
                    connection={connections.find(({ integrationId }) => integrationId === selected.integrationId)}
                    onClose={() => setSelected(undefined)}
                />
            )}
        </>
    );
}

function Nothing({ search, connections }: { search: string; connections: readonly Connection[] }) {
    const connected = connections.filter(({ state }) => state !== 'none');
    if (search) return <p className="empty">Nobody matches “{search}”.</p>;
    if (connected.length === 0)
        return <p className="empty">No contacts yet. Connect an account, and they appear here by themselves.</p>;
    if (connected.some(({ readAt }) => readAt === null))
        return (
            <p className="empty" role="status">
                Your contacts are being read: they appear in a moment.
            </p>
        );
    return <p className="empty">{connected.map(({ name }) => name).join(' and ')} has no contacts.</p>;
}

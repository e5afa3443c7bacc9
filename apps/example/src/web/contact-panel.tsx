import { Button, FileTrigger } from 'react-aria-components';
import { call, failureOf } from './api.js';
import { FailureNotice, Notice } from './notice.js';
import { type Connection, type Contact, useChange } from './queries.js';
import { TimeAgo } from './time-ago.js';

interface Props {
    readonly contact: Contact;
    readonly connection: Connection | undefined;
    /** It was there when it was selected. */
    readonly isGone: boolean;
    readonly onClose: () => void;
}

/** One contact: as it is in our table, and as its provider has it now. */
export function ContactPanel({ contact, connection, isGone, onClose }: Props) {
    const { integrationId, id, name, email, company, changedAt } = contact;
    const provider = connection?.name ?? integrationId;
    const path = `/contacts/${integrationId}/${encodeURIComponent(id)}`;
    const lookUp = useChange(() => call<{ fields: { label: string; value: string }[] }>('GET', `${path}/live`));
    const upload = useChange((file: File) => {
        const form = new FormData();
        form.set('file', file);
        return call<{ name: string; size: number }>('POST', `/contacts/${integrationId}/files`, form);
    });
    return (
        <aside className="panel" aria-labelledby="panel">
            <div className="title">
                <h2 id="panel">{name}</h2>
                <Button className="quiet" aria-label="Close the details" onPress={onClose}>
                    <span aria-hidden>✕</span>
                </Button>
            </div>
            {isGone && <Notice tone="busy">This contact is no longer at {provider}.</Notice>}
            <dl>
                <dt>Email</dt>
                <dd>{email || '–'}</dd>
                <dt>Company</dt>
                <dd>{company || '–'}</dd>
                <dt>From</dt>
                <dd>
                    {provider}, changed <TimeAgo at={changedAt} />
                </dd>
            </dl>
            <Button isPending={lookUp.isPending} onPress={() => lookUp.mutate(undefined)}>
                Look up at {provider}
            </Button>
            {lookUp.data && (
                <div role="status">
                    <dl className="live">
                        {lookUp.data.fields.map(({ label, value }) => (
                            <div key={label}>
                                <dt>{label}</dt>
                                <dd>{/^\d{4}-\d\d-\d\dT/.test(value) ? <TimeAgo at={value} /> : value}</dd>
                            </div>
                        ))}
                    </dl>
                </div>
            )}
            {lookUp.error && <FailureNotice failure={failureOf(lookUp.error)} />}
            {connection?.takesFiles && (
                <>
                    <FileTrigger onSelect={(files) => files?.[0] && upload.mutate(files[0])}>
                        <Button className="quiet" isPending={upload.isPending}>
                            Upload a file to {provider}
                        </Button>
                    </FileTrigger>
                    {upload.data && (
                        <Notice tone="good">
                            {upload.data.name} is at {provider} ({Math.ceil(upload.data.size / 1024)} KB).
                        </Notice>
                    )}
                    {upload.error && <FailureNotice failure={failureOf(upload.error)} change />}
                </>
            )}
        </aside>
    );
}

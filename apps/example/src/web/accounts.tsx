import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { call, failureOf } from './api.js';
import { type ConnectOutcome, connectAccount } from './connect-account.js';
import { Disconnect } from './disconnect.js';
import { FailureNotice, Notice } from './notice.js';
import { type Connection, useChange, useConnections } from './queries.js';
import { TimeAgo } from './time-ago.js';

/** The accounts that a tenant has connected, or may. */
export function Accounts() {
    const connections = useConnections();
    return (
        <section aria-labelledby="accounts" aria-busy={connections.isPending}>
            <h2 id="accounts">Accounts</h2>
            {connections.isPending && <p role="status">Loading your accounts …</p>}
            {connections.error && (
                <>
                    <FailureNotice failure={failureOf(connections.error)} />
                    <Button onPress={() => void connections.refetch()}>Try again</Button>
                </>
            )}
            {connections.data?.map((connection) => (
                <Account key={connection.integrationId} connection={connection} />
            ))}
        </section>
    );
}

const states = { none: 'Not connected', ok: 'Connected', broken: 'Needs you' };

function Account({ connection }: { connection: Connection }) {
    const { integrationId, name, connects, state, connectedBy, readAt, contacts } = connection;
    const title = useRef<HTMLHeadingElement>(null);
    const connect = useChange((isReconnect: boolean) => connectAccount(integrationId, isReconnect), 'connections');
    const refresh = useChange(() => call('POST', `/connections/${integrationId}/refresh`), 'connections');
    const { reset } = connect;
    // What came of connecting is old news once the account is no longer connected.
    useEffect(() => (state === 'ok' ? reset : undefined), [state, reset]);
    // The button that was pressed may be gone, and the focus with it.
    const begin = (isReconnect: boolean) => connect.mutate(isReconnect, { onSettled: () => title.current?.focus() });

    return (
        <article className={`card ${state}`} aria-labelledby={`account-${integrationId}`}>
            <h3 id={`account-${integrationId}`} ref={title} tabIndex={-1}>
                {name} <span className="badge">{states[state]}</span>
            </h3>
            {state === 'none' && <p className="soft">{connects}.</p>}
            {state === 'ok' && (
                <p className="soft">
                    {contacts} contacts,{' '}
                    {readAt ? (
                        <>
                            read <TimeAgo at={readAt} />
                        </>
                    ) : (
                        'being read'
                    )}
                    . Connected by {connectedBy}.
                </p>
            )}
            {state === 'broken' && (
                <p>
                    {name} no longer accepts the access that {connectedBy} gave. Your {contacts} contacts stay as they were until
                    someone connects again.
                </p>
            )}
            <p className="buttons">
                {state === 'none' && (
                    <Button isPending={connect.isPending} onPress={() => begin(false)}>
                        Connect<span className="unseen"> {name}</span>
                    </Button>
                )}
                {state === 'broken' && (
                    <Button isPending={connect.isPending} onPress={() => begin(true)}>
                        Connect again<span className="unseen"> to {name}</span>
                    </Button>
                )}
                {state === 'ok' && (
                    <Button
                        className="quiet"
                        isPending={refresh.isPending}
                        onPress={() => {
                            reset();
                            refresh.mutate(undefined);
                        }}
                    >
                        Refresh<span className="unseen"> {name}</span>
                    </Button>
                )}
                {state !== 'none' && <Disconnect connection={connection} onDone={() => title.current?.focus()} />}
            </p>
            {connect.isPending && <Notice tone="busy">Go on in the window that has opened.</Notice>}
            {connect.data && <Outcome outcome={connect.data} name={name} state={state} />}
            {connect.error && <FailureNotice failure={failureOf(connect.error)} change />}
            {refresh.isSuccess && (
                <Notice tone="good">{name} is being looked through. What has changed appears by itself.</Notice>
            )}
            {refresh.error && <FailureNotice failure={failureOf(refresh.error)} change />}
        </article>
    );
}

function Outcome({ outcome, name, state }: { outcome: ConnectOutcome; name: string; state: Connection['state'] }) {
    if (outcome.kind === 'refused' && state !== 'ok') return <Notice tone="bad">{outcome.reason} Nothing was connected.</Notice>;
    if (outcome.kind === 'closed' && state !== 'ok')
        return <Notice tone="busy">You closed the window. Nothing was connected.</Notice>;
    if (outcome.kind !== 'connected') return null;
    return state === 'ok' ? (
        <Notice tone="good">{name} is connected.</Notice>
    ) : (
        <Notice tone="busy">{name} said yes. Waiting for word from Nango …</Notice>
    );
}

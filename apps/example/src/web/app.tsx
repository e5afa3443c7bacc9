import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { Accounts } from './accounts.js';
import { Activity } from './activity.js';
import { call, failureOf } from './api.js';
import { Contacts } from './contacts.js';
import { useLiveUpdates } from './live-updates.js';
import { FailureNotice } from './notice.js';
import { type Me, noteSignedOut, useChange, useMe } from './queries.js';
import { SignIn } from './sign-in.js';

/** The page: sign-in, or the hub of who is signed in. */
export function App() {
    const me = useMe();
    if (me.isPending) return <main className="lonely" aria-busy="true" />;
    if (me.error) {
        return (
            <main className="lonely">
                <h1>Contacts hub</h1>
                <FailureNotice failure={failureOf(me.error)} />
                <Button onPress={() => void me.refetch()}>Try again</Button>
            </main>
        );
    }
    return me.data ? <Hub key={me.data.id} me={me.data} /> : <SignIn />;
}

function Hub({ me }: { me: Me }) {
    const queries = useQueryClient();
    const live = useLiveUpdates();
    const signOut = useChange(async () => {
        await call('DELETE', '/session');
        noteSignedOut(queries);
    });
    return (
        <>
            <header>
                <h1>Contacts hub</h1>
                <p className="who">
                    <span>{me.tenant.name}</span>
                    <span>{me.name}</span>
                    <Button className="quiet" onPress={() => signOut.mutate(undefined)}>
                        Sign out
                    </Button>
                </p>
                {signOut.error && <FailureNotice failure={failureOf(signOut.error)} />}
            </header>
            <div role="status">
                {live === 'lost' && (
                    <p className="banner">
                        You are offline, or the app is. What you see may be old; it is brought up to date by itself.
                    </p>
                )}
            </div>
            <main className="hub">
                <div className="side">
                    <Accounts />
                    <Activity />
                </div>
                <Contacts />
            </main>
        </>
    );
}

import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { call, failureOf } from './api.js';
import { FailureNotice } from './notice.js';
import { useChange, useUsers } from './queries.js';

/** Stands for your own sign-in: anyone may be anyone. */
export function SignIn() {
    const queries = useQueryClient();
    const users = useUsers();
    const signIn = useChange(async (userId: string) => {
        await call('POST', '/session', { userId });
        await queries.invalidateQueries({ queryKey: ['me'] });
    });
    return (
        <main className="lonely">
            <h1>Contacts hub</h1>
            <p>Your contacts from HubSpot and Folk in one list, up to date while you look.</p>
            <h2>Who are you?</h2>
            <p className="soft">A demo: no password. Each company sees its own accounts and contacts, and nobody else’s.</p>
            {users.isPending && <p role="status">Loading …</p>}
            {users.error && <FailureNotice failure={failureOf(users.error)} />}
            {users.data?.length === 0 && <p role="status">Signing in is off here. Put your own sign-in in its place.</p>}
            <ul className="users">
                {users.data?.map(({ id, name, tenant }) => (
                    <li key={id}>
                        <Button isPending={signIn.isPending && signIn.variables === id} onPress={() => signIn.mutate(id)}>
                            <span>{name}</span> <small>{tenant.name}</small>
                        </Button>
                    </li>
                ))}
            </ul>
            {signIn.error && <FailureNotice failure={failureOf(signIn.error)} />}
        </main>
    );
}

import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, call } from './api.js';

export interface Me {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly tenant: { readonly id: string; readonly name: string };
}

export interface Connection {
    readonly integrationId: string;
    readonly name: string;
    readonly connects: string;
    readonly takesFiles: boolean;
    readonly state: 'none' | 'ok' | 'broken';
    readonly connectedBy: string | null;
    readonly readAt: string | null;
    readonly contacts: number;
}

export interface Contact {
    readonly integrationId: string;
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly company: string;
    readonly changedAt: string;
}

export interface Task {
    readonly id: string;
    readonly integrationId: string;
    readonly input: { readonly name: string };
    readonly state: 'queued' | 'sending' | 'running' | 'done' | 'failed' | 'unknown';
    readonly message: string | null;
    readonly createdAt: string;
}

/** Who is signed in; null: nobody. */
export const useMe = () =>
    useQuery({
        queryKey: ['me'],
        queryFn: async ({ client }) => {
            const me = await call<Me>('GET', '/me').catch((error: unknown) => {
                if (isSignedOut(error)) return null;
                throw error;
            });
            forgetOthers(client, me);
            return me;
        },
        // Another tab may have signed out, or in as somebody else.
        refetchOnWindowFocus: 'always',
    });

export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Nobody is signed in any more. */
export function noteSignedOut(queries: QueryClient): void {
    forgetOthers(queries, null);
    queries.setQueryData(['me'], null);
}

/** What was read for one user is not shown to the next. */
function forgetOthers(queries: QueryClient, me: Me | null): void {
    if (queries.getQueryData<Me | null>(['me'])?.id !== me?.id)
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
}

export const useUsers = () =>
    useQuery({ queryKey: ['users'], queryFn: async () => (await call<{ users: Me[] }>('GET', '/session/users')).users });

export const useConnections = () =>
    useQuery({
        queryKey: ['connections'],
        queryFn: async () => (await call<{ connections: Connection[] }>('GET', '/connections')).connections,
    });

export const useContacts = (search: string, limit: number) =>
    useQuery({
        queryKey: ['contacts', search, limit],
        queryFn: () =>
            call<{ contacts: Contact[]; total: number }>(
                'GET',
                `/contacts?${new URLSearchParams({ search, limit: `${limit}` })}`,
            ),
        // While another search is under way, the list stays.
        placeholderData: keepPreviousData,
    });

export const useTasks = () =>
    useQuery({ queryKey: ['tasks'], queryFn: async () => (await call<{ tasks: Task[] }>('GET', '/tasks')).tasks });

/** Something that changes; then what it has changed is read again. */
export function useChange<In, Out = unknown>(change: (input: In) => Promise<Out>, ...keys: string[]) {
    const queries = useQueryClient();
    return useMutation({
        mutationFn: change,
        // Offline it fails at once and says so, instead of waiting unseen.
        networkMode: 'always',
        onSuccess: () => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
        onError: (error) => {
            if (isSignedOut(error)) noteSignedOut(queries);
            // A failure may have taught the back end something about the connection.
            else void queries.invalidateQueries({ queryKey: ['connections'] });
        },
    });
}

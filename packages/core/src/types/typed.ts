/**
 * What the classes' type parameter is asked for: the types of a user's own integrations, by integration id, as `@x/typegen` writes them.
 * Untyped is `unknown extends T`: the default, `any`, and what `InstanceType` makes of a generic class.
 */

/** `Untyped` where nothing is known of the integrations, `Typed` where `T` names them. */
export type IfUntyped<T, Untyped, Typed> = unknown extends T ? Untyped : Typed;

/** What a call may name as a type argument: on a typed client nothing, since the client knows it. */
export type Nameable<T, Untyped> = unknown extends T ? Untyped : never;

/** Ids of integrations; any text where they are not known. */
export type IntegrationId<T> = unknown extends T ? string : keyof T & string;

/** What `T` says of an integration under a name (`models`, `actions`, …), or `Otherwise` where it says nothing. */
export type Described<T, I, Name extends string, Otherwise = {}> = T[I & keyof T] extends { [Member in Name]: infer Found }
    ? unknown extends Found
        ? Otherwise
        : Found
    : Otherwise;

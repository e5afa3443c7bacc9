import type { Described, IfUntyped } from '@x/core';
import type { CommonConnectionConfig, Connection, ConnectionConfig, ListedConnection, Metadata } from './connection.js';

/** What is known of the metadata of an integration's connections. */
export type MetadataOf<T, I> = Described<T, I, 'metadata', Metadata>;

/** What may be written as metadata. Of an id that may be one of several integrations, what fits them all. */
export type MetadataInput<T, I> = (I extends unknown ? (metadata: Described<T, I, 'metadata', object>) => void : never) extends (
    metadata: infer M,
) => void
    ? M
    : never;

/** What is known of the connection config of an integration's connections. */
export type ConfigOf<T, I> =
    Described<T, I, 'connectionConfig', undefined> extends infer Config
        ? Config extends object
            ? CommonConnectionConfig & Config
            : ConnectionConfig
        : never;

/** A connection of one of these integrations, distinguished by `provider_config_key`. */
export type ConnectionOf<T, I> = I extends string ? Connection<MetadataOf<T, I>, I, ConfigOf<T, I>> : never;

/** As {@link ConnectionOf}, in a list. */
export type ListedConnectionOf<T, I> = IfUntyped<
    T,
    ListedConnection,
    I extends string ? ListedConnection<MetadataOf<T, I>, I> : never
>;

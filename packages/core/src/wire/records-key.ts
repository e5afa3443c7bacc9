/** Which records: those that one sync (or its variant) saved for one connection under one model. */
export interface RecordsKey<I extends string = string, Model extends string = string> {
    /** The integration's id. */
    providerConfigKey: I;
    connectionId: string;
    model: Model;
    /** Variant of the sync. @default 'base' */
    variant?: string | undefined;
}

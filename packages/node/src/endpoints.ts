import type { ConnectSessionInput, NewConnectSession, ReconnectSessionInput } from '@x/connect';
import type { Connection, ListedConnection } from '@x/connections';
import type { NangoValidationIssue } from '@x/core';
import type { Integration, Provider } from '@x/integrations';
import type { CombinedFilterAction, FilterAction, NangoRecord } from '@x/syncs';

/** The body of an error. */
export interface ApiErrorBody<Code extends string = string> {
    error: { code: Code; message?: string; errors?: NangoValidationIssue[]; payload?: unknown };
}

interface Declaration {
    Method: string;
    Path: string;
    Params?: object;
    Querystring?: object;
    Body?: object;
    Headers?: object;
    Success: object;
    Error?: ApiErrorBody;
}

type Part<T, K extends string> = K extends keyof T ? T[K] : never;

/** One route of the API, with the member names of `@nangohq/node`'s endpoint types. */
export interface ApiEndpoint<T extends Declaration> {
    Method: T['Method'];
    Path: T['Path'];
    /** In the path. */
    Params: Part<T, 'Params'>;
    Querystring: Part<T, 'Querystring'>;
    /** `Querystring` and `Params` as one. */
    QP: Part<T, 'Params'> & Part<T, 'Querystring'>;
    Body: Part<T, 'Body'>;
    Headers: Part<T, 'Headers'>;
    /** Body of a success. */
    Success: T['Success'];
    /** Body of a failure. */
    Errors: ApiErrorBody;
    /** Body of either. */
    Reply: T['Success'] | ApiErrorBody;
}

// Contract 5.1.
export type GetPublicProviders = ApiEndpoint<{
    Method: 'GET';
    Path: '/providers';
    Querystring: { search?: string | undefined; connect_session_token?: string };
    Success: { data: Provider[] };
}>;

// Contract 5.2.
export type GetPublicProvider = ApiEndpoint<{
    Method: 'GET';
    Path: '/providers/:provider';
    Params: { provider: string };
    Success: { data: Provider };
}>;

// Contract 6.2.
export type GetPublicListIntegrations = ApiEndpoint<{
    Method: 'GET';
    Path: '/integrations';
    Success: { data: Integration[] };
}>;

// Contract 6.3.
export type GetPublicIntegration = ApiEndpoint<{
    Method: 'GET';
    Path: '/integrations/:uniqueKey';
    Params: { uniqueKey: string };
    Querystring: { include?: ('webhook' | 'credentials')[] | undefined };
    Success: { data: Integration };
}>;

// Contract 8.1.
export type GetPublicConnections = ApiEndpoint<{
    Method: 'GET';
    Path: '/connections';
    Querystring: {
        connectionId?: string | undefined;
        search?: string | undefined;
        endUserId?: string | undefined;
        endUserOrganizationId?: string | undefined;
        integrationId?: string | undefined;
        tags?: Record<string, string> | undefined;
        limit?: number | undefined;
        page?: number | undefined;
    };
    Success: { connections: ListedConnection[] };
}>;

// Contract 8.2.
export type GetPublicConnection = ApiEndpoint<{
    Method: 'GET';
    Path: '/connections/:connectionId';
    Params: { connectionId: string };
    Querystring: {
        provider_config_key: string;
        force_refresh?: boolean | undefined;
        refresh_token?: boolean | undefined;
        refresh_github_app_jwt_token?: boolean | undefined;
    };
    Success: Connection;
}>;

// Contract 10.1.
export type GetPublicRecords = ApiEndpoint<{
    Method: 'GET';
    Path: '/records';
    Headers: { 'connection-id': string; 'provider-config-key': string };
    Querystring: {
        model: string;
        variant?: string | undefined;
        delta?: string | undefined;
        modified_after?: string | undefined;
        limit?: number | undefined;
        filter?: FilterAction | CombinedFilterAction | undefined;
        cursor?: string | undefined;
        ids?: string[] | undefined;
    };
    Success: { records: NangoRecord[]; next_cursor: string | null };
}>;

// Contract 15.1.
export type PostConnectSessions = ApiEndpoint<{
    Method: 'POST';
    Path: '/connect/sessions';
    Body: ConnectSessionInput & { allowed_integrations?: string[] | undefined };
    Success: { data: NewConnectSession };
}>;

// Contract 15.2.
export type PostPublicConnectSessionsReconnect = ApiEndpoint<{
    Method: 'POST';
    Path: '/connect/sessions/reconnect';
    Body: ReconnectSessionInput;
    Success: { data: NewConnectSession };
}>;

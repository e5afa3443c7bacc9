import type * as V from '@nangohq/node';
import type * as N from '../../src/index.js';

/**
 * Every type name of the vendor's package is exported, and fits: what calls return is assignable to the vendor's type, what calls take
 * accepts the vendor's. Run by types.test.ts.
 */

/** Row `types-dates`: times are text on the wire; the vendor types some as `Date`. */
type Wire<T> = T extends Date
    ? string
    : T extends (infer I)[]
      ? Wire<I>[]
      : T extends object
        ? { [K in keyof T]: Wire<T[K]> }
        : T;

type Returned<Ours extends Theirs, Theirs> = [Ours, Theirs];
type Taken<Ours, Theirs extends Ours> = [Ours, Theirs];

/** Row `options-checked`: no `interceptors`. */
export type Options = [Taken<N.NangoProps, V.NangoProps>, Taken<N.AdminAxiosProps, Omit<V.AdminAxiosProps, 'interceptors'>>];

export type Configs = [
    /** Row `types-document`. */
    Taken<N.ProxyConfiguration, Omit<V.ProxyConfiguration, 'responseType'>>,
    Taken<N.ListRecordsRequestConfig, V.ListRecordsRequestConfig>,
    Taken<N.FilterAction, V.FilterAction>,
    Taken<N.CombinedFilterAction, V.CombinedFilterAction>,
    Taken<N.Metadata, V.Metadata>,
    Taken<N.HTTP_METHOD, V.HTTP_METHOD>,
];

export type Results = [
    Returned<N.MetadataChangeResponse, V.MetadataChangeResponse>,
    Returned<N.Timestamps, V.Timestamps>,
    Returned<N.Sync, V.Sync>,
    Returned<N.SyncConfig, V.SyncConfig>,
    Returned<N.Action, V.Action>,
    Returned<N.SyncType, V.SyncType>,
    Returned<keyof V.SyncStatus, keyof N.SyncStatus>,
    Returned<N.StatusAction, V.StatusAction>,
    Returned<keyof V.SyncStatusResponse, keyof N.SyncStatusResponse>,
    Returned<N.UpdateSyncFrequencyResponse, V.UpdateSyncFrequencyResponse>,
    Returned<N.NangoSyncModel, V.NangoSyncModel>,
    Returned<N.NangoSyncEndpointV2, V.NangoSyncEndpointV2>,
    Returned<N.RecordLastAction, V.RecordLastAction>,
    Returned<N.RecordMetadata, V.RecordMetadata>,
    Returned<N.NangoRecord, V.NangoRecord>,
    Returned<N.NangoSyncConfig, V.NangoSyncConfig>,
    Returned<N.StandardNangoConfig, V.StandardNangoConfig>,
    Returned<N.SyncResult, V.SyncResult>,
    Returned<N.ApiProvider, V.ApiProvider>,
    Returned<N.ApiPublicIntegration, V.ApiPublicIntegration>,
    Returned<N.ApiPublicConnectionFull, V.ApiPublicConnectionFull>,
];

export type Credentials = [
    Returned<N.AuthModeType, V.AuthModeType>,
    Taken<N.AuthModeType, V.AuthModeType>,
    Returned<N.AuthModes, V.AuthModes>,
    Taken<N.AuthOperationType, V.AuthOperationType>,
    Returned<N.ApiKeyCredentials, V.ApiKeyCredentials>,
    Returned<N.AppCredentials, Wire<V.AppCredentials>>,
    Returned<N.BasicApiCredentials, V.BasicApiCredentials>,
    Returned<N.BillCredentials, Wire<V.BillCredentials>>,
    Returned<keyof V.CredentialsCommon, keyof N.CredentialsCommon>,
    Returned<N.CustomCredentials, V.CustomCredentials>,
    Returned<N.JwtCredentials, Wire<V.JwtCredentials>>,
    Returned<N.OAuth1Credentials, V.OAuth1Credentials>,
    Returned<N.OAuth1Token, V.OAuth1Token>,
    Returned<N.OAuth2ClientCredentials, Wire<V.OAuth2ClientCredentials>>,
    Returned<N.OAuth2Credentials, Wire<V.OAuth2Credentials>>,
    Returned<N.TbaCredentials, V.TbaCredentials>,
    Returned<N.TwoStepCredentials, Wire<V.TwoStepCredentials>>,
    Returned<N.UnauthCredentials, V.UnauthCredentials>,
    Returned<N.AllAuthCredentials, Wire<V.AllAuthCredentials>>,
];

export type Webhooks = [
    Returned<N.NangoAuthWebhookBodyError['success'], V.NangoAuthWebhookBodyError['success']>,
    Returned<keyof V.NangoAuthWebhookBody, keyof N.NangoAuthWebhookBody>,
    Returned<keyof V.NangoAuthWebhookBodySuccess, keyof N.NangoAuthWebhookBodySuccess>,
    Returned<keyof V.NangoSyncWebhookBody, keyof N.NangoSyncWebhookBody>,
    Returned<keyof V.NangoSyncWebhookBodyError, keyof N.NangoSyncWebhookBodyError>,
    Returned<keyof V.NangoSyncWebhookBodySuccess, keyof N.NangoSyncWebhookBodySuccess>,
    Returned<keyof V.NangoWebhookBody, keyof N.NangoWebhookBody>,
];

/** Each endpoint type has the vendor's members; what is sent takes the vendor's, what comes back fits the vendor's. */
type Members = 'Method' | 'Path' | 'Params' | 'Querystring' | 'QP' | 'Body' | 'Headers' | 'Success' | 'Errors' | 'Reply';
type Endpoint<Ours extends Record<Members, unknown> & { Success: Theirs['Success'] }, Theirs extends Record<Members, unknown>> = [
    Ours,
    Theirs,
];

export type Endpoints = [
    Endpoint<N.GetPublicProviders, V.GetPublicProviders>,
    Endpoint<N.GetPublicProvider, V.GetPublicProvider>,
    Endpoint<N.GetPublicListIntegrations, V.GetPublicListIntegrations>,
    Endpoint<N.GetPublicIntegration, V.GetPublicIntegration>,
    Endpoint<N.GetPublicConnections, V.GetPublicConnections>,
    Endpoint<N.GetPublicConnection, V.GetPublicConnection>,
    Endpoint<N.GetPublicRecords, V.GetPublicRecords>,
    Endpoint<N.PostConnectSessions, V.PostConnectSessions>,
    Endpoint<N.PostPublicConnectSessionsReconnect, V.PostPublicConnectSessionsReconnect>,
    Taken<N.PostConnectSessions['Body'], V.PostConnectSessions['Body']>,
    Taken<N.PostPublicConnectSessionsReconnect['Body'], V.PostPublicConnectSessionsReconnect['Body']>,
    Taken<N.GetPublicConnection['QP'], V.GetPublicConnection['QP']>,
    Taken<N.GetPublicIntegration['Querystring'], V.GetPublicIntegration['Querystring']>,
];

/** What the package exports at run time. */
export type Values = [
    Returned<(typeof N)['prodHost'], string>,
    Returned<(typeof N)['getUserAgent'], (typeof V)['getUserAgent' & keyof typeof V]>,
    Returned<`${V.SyncConfigType}`, N.SyncConfigType>,
];

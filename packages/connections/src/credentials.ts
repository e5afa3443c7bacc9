import type { AuthModeType } from '@x/core';

/**
 * Credentials of a connection as the API returns them: all times are ISO texts.
 * `type` distinguishes them; a connection of mode `NONE` has none at all.
 */

/** What most credentials have: the provider's own answer. */
export interface CredentialsCommon<T = RawCredentials> {
    type: AuthModeType;
    /** What the provider answered when it gave the credentials. */
    raw: T;
}

// biome-ignore lint/suspicious/noExplicitAny: what a provider answers
export type RawCredentials = Record<string, any>;

/** A developer app of the connection's own, in place of the integration's. */
export interface ClientOverride {
    client_id?: string | undefined;
    client_secret?: string | undefined;
}

/** Also of integrations in the `MCP_OAUTH2` modes. */
export interface OAuth2Credentials extends CredentialsCommon {
    type: 'OAUTH2';
    access_token: string;
    /** Only when asked for with `refreshToken`. */
    refresh_token?: string | undefined;
    expires_at?: string | undefined;
    config_override?: ClientOverride | undefined;
}

export interface OAuth1Credentials extends CredentialsCommon {
    type: 'OAUTH1';
    oauth_token: string;
    oauth_token_secret: string;
}

/** OAuth 2 with client credentials. */
export interface OAuth2ClientCredentials extends CredentialsCommon {
    type: 'OAUTH2_CC';
    token: string;
    expires_at?: string | undefined;
    client_id: string;
    client_secret: string;
    /** PEM. */
    client_certificate?: string | undefined;
    /** PEM. */
    client_private_key?: string | undefined;
}

export interface BasicApiCredentials {
    type: 'BASIC';
    username: string;
    password: string;
}

/** Of integrations in the mode `INSTALL_PLUGIN`: other members are what the plugin gave. */
export interface InstallPluginCredentials {
    type: 'BASIC';
    // biome-ignore lint/suspicious/noExplicitAny: differs by plugin
    [field: string]: any;
}

export interface ApiKeyCredentials {
    type: 'API_KEY';
    apiKey: string;
}

/** An installation of a GitHub app, or one like it. */
export interface AppCredentials {
    type: 'APP';
    access_token: string;
    expires_at?: string | undefined;
    raw: RawCredentials;
    jwtToken?: string;
}

/** Just `raw`; see also {@link CombinedOauth2AppCredentials}. */
export interface CustomCredentials extends CredentialsCommon {
    type: 'CUSTOM';
}

/** A GitHub app together with its user. */
export interface CombinedOauth2AppCredentials extends CredentialsCommon {
    type: 'CUSTOM';
    app: AppCredentials;
    user: OAuth2Credentials | null;
}

/** NetSuite's token-based authentication. */
export interface TbaCredentials {
    type: 'TBA';
    token_id: string;
    token_secret: string;
    config_override?: ClientOverride | undefined;
}

/** Other members are what the provider asked for. */
export interface JwtCredentials {
    type: 'JWT';
    token?: string;
    expires_at?: string | undefined;
    // biome-ignore lint/suspicious/noExplicitAny: differs by provider
    [field: string]: any;
}

export interface BillCredentials extends CredentialsCommon {
    type: 'BILL';
    username: string;
    password: string;
    organization_id: string;
    dev_key: string;
    session_id?: string;
    user_id?: string;
    expires_at?: string | undefined;
}

/** Other members are what the provider asked for. */
export interface TwoStepCredentials extends CredentialsCommon {
    type: 'TWO_STEP';
    token?: string;
    refresh_token?: string;
    expires_at?: string | undefined;
    // biome-ignore lint/suspicious/noExplicitAny: differs by provider
    [field: string]: any;
}

export interface SignatureCredentials {
    type: 'SIGNATURE';
    username: string;
    password: string;
    token?: string;
    expires_at?: string | undefined;
}

export interface AwsSigV4Credentials extends CredentialsCommon {
    type: 'AWS_SIGV4';
    role_arn: string;
    region: string;
    service: string;
    access_key_id: string;
    secret_access_key: string;
    session_token: string;
    expires_at?: string | undefined;
    external_id?: string | undefined;
}

/** Of mode `NONE`; and all that a key without the scope `environment:connections:read_credentials` gets to see. */
export type UnauthCredentials = Record<string, never>;

/** The credentials of a connection; distinguish them by `type`. */
export type AllAuthCredentials =
    | OAuth2Credentials
    | OAuth1Credentials
    | OAuth2ClientCredentials
    | BasicApiCredentials
    | InstallPluginCredentials
    | ApiKeyCredentials
    | AppCredentials
    | CustomCredentials
    | CombinedOauth2AppCredentials
    | TbaCredentials
    | JwtCredentials
    | BillCredentials
    | TwoStepCredentials
    | SignatureCredentials
    | AwsSigV4Credentials
    | UnauthCredentials;

/** What `getToken` gives for OAuth 1. */
export interface OAuth1Token {
    oAuthToken: string;
    oAuthTokenSecret: string;
    /** Never there: lets `token.type` be asked of whatever `getToken` returns, once it is no string. */
    type?: never;
}

/** What `getToken` gives: the access token for OAuth 2, both tokens for OAuth 1, else the credentials as they are. */
export type ConnectionToken = string | OAuth1Token | AllAuthCredentials;

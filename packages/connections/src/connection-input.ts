import type { EndUserInput } from '@x/core';
import type { ClientOverride } from './credentials.js';

/** Credentials to import a connection with. `type` must be the provider's auth mode. */
export type ImportCredentials =
    | {
          type: 'OAUTH2';
          access_token: string;
          refresh_token?: string | undefined;
          /** When the access token ends: a `Date` or an ISO text. */
          expires_at?: Date | string | undefined;
          config_override?: ClientOverride | undefined;
      }
    | {
          type: 'OAUTH2_CC';
          token: string;
          client_id: string;
          client_secret: string;
          /** PEM. */
          client_certificate?: string | undefined;
          /** PEM. */
          client_private_key?: string | undefined;
          expires_at?: Date | string | undefined;
      }
    | { type: 'OAUTH1'; oauth_token: string; oauth_token_secret: string }
    | { type: 'API_KEY'; apiKey: string }
    | { type: 'BASIC'; username: string; password: string }
    /** Needs `connection_config.accountId`. */
    | { type: 'TBA'; token_id: string; token_secret: string; config_override?: ClientOverride | undefined }
    | { type: 'APP' | 'CUSTOM'; app_id: string; installation_id: string }
    | { type: 'NONE' };

/** A connection that was authorized elsewhere. */
export interface ImportConnectionInput<I extends string = string, M = Record<string, unknown>, Config = Record<string, unknown>> {
    /** Id of its integration. */
    provider_config_key: I;
    /** @default a new UUID. One that exists is overwritten. */
    connection_id?: string | undefined;
    credentials: ImportCredentials;
    metadata?: M | undefined;
    connection_config?: Config | undefined;
    /** Where webhooks about it go, in place of the environment's addresses. */
    webhook_url_override?: string | undefined;
    end_user?: EndUserInput | undefined;
    /** Up to 10; win over the tags that are made from `end_user`. */
    tags?: Record<string, string> | undefined;
}

/** What changes about a connection. */
export interface ConnectionPatch {
    /** Replaces the tags too, by those made from it and `tags`. */
    end_user?: EndUserInput | undefined;
    /** Replaces all tags; `{}` clears them. */
    tags?: Record<string, string> | undefined;
    /** An empty text clears it. */
    webhook_url_override?: string | undefined;
}

/** What the metadata methods answer: what they were sent. */
export interface MetadataChangeResponse<M = Record<string, unknown>> {
    connection_id: string | string[];
    provider_config_key: string;
    metadata: M;
}

/** A provider set up in your environment. */
export interface Integration {
    /** Its id: what other calls name `providerConfigKey` or integration id. */
    unique_key: string;
    /** Name of its provider, e.g. `github`. */
    provider: string;
    display_name: string | null;
    /** Address of a logo. */
    logo: string;
    /** Whether the provider's webhooks are passed on to you. */
    forward_webhooks: boolean;
    /** ISO time. */
    created_at: string;
    /** ISO time. */
    updated_at: string;
    /** What the provider calls its credentials. */
    credentials_label?: Record<string, string> | undefined;
    /** Credential fields that are set for the whole integration. */
    preconfigured_credentials?: string[] | undefined;
    /** Settings of a connection that are set for the whole integration. */
    preconfigured_connection_config?: string[] | undefined;
    /** Only with `include: ['webhook']`; null when the provider has no webhooks that Nango routes. */
    webhook_url?: string | null;
    /**
     * Only with `include: ['credentials']` and the scope `environment:integrations:read_credentials`; null for providers whose
     * credentials belong to connections.
     */
    credentials?: IntegrationCredentials | null;
}

/** Credentials of an integration as they are read. Empty where Nango's own developer app is used. */
export type IntegrationCredentials =
    | {
          type: 'OAUTH1' | 'OAUTH2' | 'TBA';
          client_id: string | null;
          client_secret: string | null;
          /** Separated by commas. */
          scopes: string | null;
          webhook_secret: string | null;
      }
    | {
          type: 'APP';
          app_id: string | null;
          /** PEM. */
          private_key: string | null;
          app_link: string | null;
      }
    | {
          type: 'CUSTOM';
          client_id: string | null;
          client_secret: string | null;
          app_id: string | null;
          app_link: string | null;
          /** PEM. */
          private_key: string | null;
      };

/** Credentials of an integration as they are written. `type` must be the provider's auth mode. */
export type IntegrationCredentialsInput =
    | {
          type: 'OAUTH1' | 'OAUTH2' | 'TBA';
          client_id: string;
          client_secret: string;
          /** Separated by commas. */
          scopes?: string | undefined;
          webhook_secret?: string | undefined;
      }
    | {
          type: 'APP';
          app_id: string;
          app_link: string;
          /** PEM, from `-----BEGIN RSA PRIVATE KEY-----` to the last dash of its footer. */
          private_key: string;
      }
    | {
          type: 'CUSTOM';
          client_id: string;
          client_secret: string;
          app_id: string;
          app_link: string;
          /** As for `APP`. */
          private_key: string;
      };

/** What a new integration with Nango's own developer app is made of. */
export interface QuickstartIntegrationInput {
    /** Name of a provider. */
    provider: string;
    /** Up to 255 letters, digits, spaces and `~ : . @ _ -`; not taken yet. */
    unique_key: string;
    /** 1 to 255 characters. */
    display_name?: string | undefined;
    /** @default true */
    forward_webhooks?: boolean | undefined;
}

/** What a new integration is made of. */
export interface IntegrationInput extends QuickstartIntegrationInput {
    /** Needed for OAuth 1, OAuth 2, `APP` and `CUSTOM` providers; not allowed for others. */
    credentials?: IntegrationCredentialsInput | undefined;
    /** Values for the provider's `integration_config`. */
    integration_config?: Record<string, string> | undefined;
    /** Values of your own; not for providers that have an `integration_config`. */
    custom?: Record<string, string> | undefined;
}

/** What changes about an integration; what is left out stays. */
export interface IntegrationPatch {
    /** A new id. Not while it has connections. */
    unique_key?: string | undefined;
    display_name?: string | undefined;
    credentials?: IntegrationCredentialsInput | undefined;
    forward_webhooks?: boolean | undefined;
    /** Merged; an empty text clears an optional value. */
    integration_config?: Record<string, string> | undefined;
    /** Merged. */
    custom?: Record<string, string> | undefined;
}

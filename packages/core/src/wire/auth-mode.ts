/** Every way of authorizing that the API knows, by the names that `@nangohq/node` gives them. */
export interface AuthModes {
    OAuth1: 'OAUTH1';
    OAuth2: 'OAUTH2';
    OAuth2CC: 'OAUTH2_CC';
    Basic: 'BASIC';
    ApiKey: 'API_KEY';
    Custom: 'CUSTOM';
    App: 'APP';
    None: 'NONE';
    TBA: 'TBA';
    Jwt: 'JWT';
    Bill: 'BILL';
    TwoStep: 'TWO_STEP';
    Signature: 'SIGNATURE';
    MCP_OAUTH2: 'MCP_OAUTH2';
    MCP_OAUTH2_GENERIC: 'MCP_OAUTH2_GENERIC';
    InstallPlugin: 'INSTALL_PLUGIN';
    AwsSigV4: 'AWS_SIGV4';
}

/** How a provider authorizes, e.g. `OAUTH2`. */
export type AuthModeType = AuthModes[keyof AuthModes];

/** The emulator's catalogue for the demo: the two providers that the app uses answer on this machine. */
export function providersYaml(standIn: string): string {
    return `
github:
    display_name: GitHub
    categories: [dev-tools, ticketing]
    auth_mode: OAUTH2
    authorization_url: https://github.com/login/oauth/authorize
    token_url: https://github.com/login/oauth/access_token
    proxy:
        base_url: ${standIn}/github
    docs: https://nango.dev/docs/integrations/all/github
hubspot:
    display_name: HubSpot
    categories: [crm, marketing]
    auth_mode: OAUTH2
    authorization_url: https://app.hubspot.com/oauth/authorize
    token_url: https://api.hubapi.com/oauth/v1/token
    token_expires_in_ms: 1800000
    proxy:
        base_url: ${standIn}/hubspot
    docs: https://nango.dev/docs/integrations/all/hubspot
private-api-bearer:
    display_name: Private API (Bearer Auth)
    categories: [other]
    auth_mode: API_KEY
    proxy:
        base_url: ${standIn}/private
        headers:
            authorization: Bearer \${apiKey}
    docs: https://nango.dev/docs/integrations/all/private-api-bearer
slack:
    display_name: Slack
    categories: [productivity]
    auth_mode: OAUTH2
    authorization_url: https://slack.com/oauth/v2/authorize
    token_url: https://slack.com/api/oauth.v2.access
    docs: https://nango.dev/docs/integrations/all/slack
`;
}

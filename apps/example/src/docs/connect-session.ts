import { nango } from './nango.js';

/** Your route for the button "Connect HubSpot": the user is the one who is logged in, never one that the request names. */
export async function startConnecting(user: { id: string; email: string; name: string }) {
    const { data } = await nango.createConnectSession({
        end_user: { id: user.id, email: user.email, display_name: user.name },
        allowed_integrations: ['hubspot'],
    });
    // Open `connect_link` in the browser, or hand `token` to @nangohq/frontend. Both work for 30 minutes.
    return { link: data.connect_link, token: data.token };
}

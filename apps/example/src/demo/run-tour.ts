import type { Line, Printer } from './print.js';
import { actionsSection } from './sections/actions.js';
import { connectSection } from './sections/connect.js';
import { connectionsSection } from './sections/connections.js';
import { goodbyeSection } from './sections/goodbye.js';
import { integrationsSection } from './sections/integrations.js';
import { proxySection } from './sections/proxy.js';
import { syncsSection } from './sections/syncs.js';
import { troubleSection } from './sections/trouble.js';
import { webhooksSection } from './sections/webhooks.js';
import { Tour, TourStopped } from './tour.js';
import type { World } from './world.js';

/** Every call of the documentation page, and what the vendor's client lacks; a line for each. */
export async function runTour(world: World, printer: Printer): Promise<readonly Line[]> {
    const tour = new Tour(world.recorder, printer);
    try {
        await integrationsSection(tour, world);
        const connected = await connectSection(tour, world);
        await connectionsSection(tour, world, connected);
        await syncsSection(tour, world, connected);
        await actionsSection(tour, world, connected);
        await proxySection(tour, world, connected);
        await webhooksSection(tour, world);
        await troubleSection(tour, world, connected);
        await goodbyeSection(tour, world, connected);
    } catch (error) {
        // Its line has been printed; whoever asked sees it in the lines.
        if (!(error instanceof TourStopped)) throw error;
    }
    return tour.lines;
}

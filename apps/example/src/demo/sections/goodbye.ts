import type { Tour } from '../tour.js';
import type { World } from '../world.js';
import type { Connected } from './connect.js';

/** The last call of the documentation. */
export async function goodbyeSection(tour: Tour, { nango }: World, { other }: Connected): Promise<void> {
    tour.section('And goodbye');
    await tour.step(
        'deleteConnection(id, connectionId)',
        () => nango.deleteConnection('hubspot', other),
        ({ data }) => `success: ${data.success}`,
    );
}

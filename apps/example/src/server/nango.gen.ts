/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

// Types of this project's Nango integrations, made by @x/typegen. Do not edit: run the command again after a deployment.
// Use: new Nango<NangoTypes>({ … })

/** All integrations by id. */
export type NangoTypes = {
    folk: Folk;
    hubspot: Hubspot;
};

/** Integration `folk`. */
export type Folk = {
    syncs: {
        /** People of a Folk workspace */
        contacts: { models: 'Contact' };
    };
    /** Records by model. */
    models: {
        Contact: Folk['definitions']['Contact'];
    };
    actions: {
        /** Creates a person in Folk */
        'create-contact': { input: Folk['definitions']['NewContact']; output: Folk['definitions']['CreatedContact'] };
    };
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {
        Contact: {
            company: string;
            email: string;
            id: string;
            name: string;
        };
        CreatedContact: {
            id: string;
        };
        NewContact: {
            company: string;
            email: string;
            name: string;
        };
    };
};

/** Integration `hubspot`. */
export type Hubspot = {
    syncs: {
        /** Contacts of a HubSpot account */
        contacts: { models: 'Contact' };
    };
    /** Records by model. */
    models: {
        Contact: Hubspot['definitions']['Contact'];
    };
    actions: {
        /** Creates a contact in HubSpot */
        'create-contact': { input: Hubspot['definitions']['NewContact']; output: Hubspot['definitions']['CreatedContact'] };
    };
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {
        Contact: {
            company: string;
            email: string;
            id: string;
            name: string;
        };
        CreatedContact: {
            id: string;
        };
        NewContact: {
            company: string;
            email: string;
            name: string;
        };
    };
};

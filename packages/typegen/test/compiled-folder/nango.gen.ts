/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

// Types of this project's Nango integrations, made by @x/typegen. Do not edit: run the command again after a deployment.
// Use: new Nango<NangoTypes>({ … })

/** All integrations by id. */
export type NangoTypes = {
    github: Github;
    'google-drive': GoogleDrive;
};

/** Integration `github`. */
export type Github = {
    syncs: {
        /** Fetches issues */
        fetchIssues: { models: 'Issue' | 'Tree' };
    };
    /** Records by model. */
    models: {
        Issue: Github['definitions']['Issue'];
        Tree: Github['definitions']['Tree'];
    };
    actions: {
        /** Creates an issue */
        createIssue: { input: Github['definitions']['ActionInput_github_createIssue']; output: Github['definitions']['ActionOutput_github_createIssue'] };
    };
    metadata: Github['definitions']['SyncMetadata_github_fetchIssues'];
    /** The types that the others are made of. */
    definitions: {
        ActionInput_github_createIssue: {
            labels?: string[];
            parent: {
                id: number;
            } | null;
            title: string;
        };
        ActionOutput_github_createIssue: {
            id: string;
            url: string;
        };
        Issue: {
            anything: unknown;
            /** @default 0 */
            count: number;
            id: string;
            kind: {
                a: string;
                type: "a";
            } | {
                type: "b";
            };
            labels: (string | {
                name: string;
            })[];
            milestone?: {
                due: string | null;
                title: string;
            } | null;
            pair: [
                string,
                number
            ];
            raw: {
                a: string;
            } & {
                [key: string]: unknown;
            };
            state: "open" | "closed";
            /** What it is about *\/ in short */
            title: string;
            "weird-key": {
                [key: string]: number;
            };
        };
        SyncMetadata_github_fetchIssues: {
            owner: string;
            repos?: string[];
        };
        Tree: {
            id: string;
            root: Github['definitions']['Tree/__schema0'];
            self: Github['definitions']['Tree/__schema0'];
        };
        'Tree/__schema0': {
            children: Github['definitions']['Tree/__schema0'][];
            id: string;
        };
    };
};

/** Integration `google-drive`. */
export type GoogleDrive = {
    syncs: {};
    /** Records by model. */
    models: {};
    actions: {
        /** Who is it */
        whoami: { input: GoogleDrive['definitions']['ActionInput_google_drive_whoami']; output: GoogleDrive['definitions']['ActionOutput_google_drive_whoami'] };
    };
    /** The types that the others are made of. */
    definitions: {
        ActionInput_google_drive_whoami: null;
        ActionOutput_google_drive_whoami: string;
    };
};

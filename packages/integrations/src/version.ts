declare const __VERSION__: string;

/** Version of `@x/integrations`, set by the build. */
export const version: string = __VERSION__;

declare const __VERSION__: string;

/** Version of `@x/connect`, set by the build. */
export const version: string = __VERSION__;

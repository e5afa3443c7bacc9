declare const __VERSION__: string;

/** Version of `@x/node`, set by the build. */
export const version: string = __VERSION__;

declare const __VERSION__: string;

/** Version of this package, set by the build. */
export const version: string = __VERSION__;

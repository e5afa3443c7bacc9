/** The version of the package that the code is in, e.g. `1.4.0`: put in its place by the build (tsup.base.ts), `0.0.0` in tests. */
declare const __VERSION__: string;

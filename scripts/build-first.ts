/** The `globalSetup` of tests that are about `dist`. */
export { bringBuildUpToDate as setup } from './build/bring-up-to-date.js';

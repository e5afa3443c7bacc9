/** `?script`: the text of a browser script, bundled with all that it imports. See `browserScripts` in `browser-script.ts` at the top. */
declare module '*?script' {
    const text: string;
    export default text;
}

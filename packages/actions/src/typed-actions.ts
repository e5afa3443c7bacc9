import type { CallOptions, Described } from '@x/core';

/** Names of an integration's actions; any text where they are not known. */
export type ActionName<T, I> = unknown extends T ? string : keyof Described<T, I, 'actions'> & string;

/** What an action takes. Of an id that may be one of several integrations, what fits them all. */
export type ActionInput<T, I, A> = (
    I extends unknown
        ? A extends unknown
            ? (input: Described<Described<T, I, 'actions'>, A, 'input', unknown>) => void
            : never
        : never
) extends (input: infer Input) => void
    ? Input
    : never;

/** What an action returns. */
export type ActionOutput<T, I, A> = Described<Described<T, I, 'actions'>, A, 'output', unknown>;

/** The last arguments of a call: an input that may be nothing may be left out. */
export type ActionArguments<T, In, I, A, Options = CallOptions> = unknown extends T
    ? [input?: In, options?: Options]
    : InputArguments<ActionInput<T, I, A>, Options>;

type InputArguments<Input, Options> = undefined extends Input
    ? [input?: Input, options?: Options]
    : null extends Input
      ? [input?: Input, options?: Options]
      : [input: Input, options?: Options];

declare const output: unique symbol;

/** What carries the type of an action's output from `triggerActionAsync` to `waitForActionResult`; nothing at run time. */
export interface WithOutput<Output> {
    readonly [output]?: (() => Output) | undefined;
}

/** The output that a handle carries; `unknown` for one that came from elsewhere. */
export type OutputOf<Handle> = Handle extends { readonly [output]?: (() => infer Output) | undefined } ? Output : unknown;

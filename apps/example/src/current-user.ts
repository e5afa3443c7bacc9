/** Who is logged in. */
export interface User {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly organization: { readonly id: string; readonly name: string };
}

/** Finds out who sent a request, from its session cookie or token: your product's own login goes here. */
export type Login = (request: Request) => User | undefined | Promise<User | undefined>;

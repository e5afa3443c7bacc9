/**
 * `Seen` to whoever calls; `Seen` or `More` where TypeScript compares a method that has several signatures with another one, since it
 * takes their type parameters for `any` then. So a subclass may override such a method, and an object stand in for it, in one of its
 * forms: docs/decisions/signatures-that-can-be-overridden.md.
 */
export type Compared<K, Seen, More> = K extends string ? Seen : More;

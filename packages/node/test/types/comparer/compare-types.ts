import { compareShapes, shapeText } from './compare-shapes.js';
import { type Probe, probeText, refused, type TypeProgram } from './type-program.js';
import type { VendorApi } from './vendor-api.js';

/** Row `types-dates`: times are text on the wire; the vendor types some as `Date`. */
const dated = /^(AllAuth|App|Bill|Jwt|OAuth2|OAuth2Client|TwoStep)Credentials$/;
const wireType = `type Wire<T> = T extends Date ? string : T extends (infer I)[] ? Wire<I>[] : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;\n`;

/**
 * How this package's types differ from the vendor's, as a user's code sees it: one line for each difference, which begins with what it
 * is about. Both packages' declarations are read; nothing is listed by hand.
 */
export function compareTypes(program: TypeProgram, api: VendorApi): string[] {
    const wire = (part: string) => (dated.test(part) ? `Wire<V.${part}>` : `V.${part}`);
    const parts = api.types.flatMap(({ name, endpoint }) =>
        endpoint ? ['Params', 'Querystring', 'QP', 'Body', 'Headers', 'Success'].map((part) => `${name}['${part}']`) : [name],
    );
    const names = [
        ...api.types.map(({ name }) => ({ subject: name, text: `export type T_${name} = N.${name};` })),
        ...api.values.map((name) => ({ subject: name, text: `export const v_${name} = N.${name};` })),
    ];
    const flows = parts.flatMap((part) => [
        {
            subject: `${part}, ours to theirs`,
            text: `export const flow: (value: N.${part}) => ${wire(part)} = (value) => value;`,
        },
        {
            subject: `${part}, theirs to ours`,
            text: `export const flow: (value: ${wire(part)}) => N.${part} = (value) => value;`,
        },
    ]);
    const probes = [...names, ...scoped([...flows, ...methodProbes(api)])];
    const pairs = [
        ...parts.map((part) => ({ subject: part, vendor: `V.${part}`, ours: `N.${part}` })),
        ...api.methods.flatMap(({ name }) => [
            {
                subject: `${name}()`,
                vendor: `Awaited<ReturnType<V.Nango['${name}']>>`,
                ours: `Awaited<ReturnType<N.Nango['${name}']>>`,
            },
            ...[0, 1, 2, 3].map((i) => ({
                subject: `${name}(${i})`,
                vendor: `Parameters<V.Nango['${name}']>[${i}]`,
                ours: `Parameters<N.Nango['${name}']>[${i}]`,
            })),
        ]),
    ];
    // One program for all: what the types are is found out once.
    const compiled = program.compile(shapeText(pairs) + probeText(probes), api.imports + wireType);
    return [...refused(compiled, probes), ...compareShapes(compiled, pairs)];
}

function methodProbes({ methods }: VendorApi): Probe[] {
    return methods.flatMap(({ name, overloads }) => {
        const [vendor, ours] = [`V.Nango['${name}']`, `N.Nango['${name}']`];
        return [
            {
                subject: `${name}: overridden as the vendor declares it`,
                text: `export declare class Sub extends N.Nango { ${overloads.join(' ')} }`,
            },
            {
                subject: `${name}: the vendor's as a stub of ours`,
                text: `export const stub: (value: Pick<V.Nango, '${name}'>) => Pick<N.Nango, '${name}'> = (value) => value;`,
            },
            {
                subject: `${name}: ours where the vendor's is asked for`,
                text: `export const used: (value: Pick<N.Nango, '${name}'>) => Pick<V.Nango, '${name}'> = (value) => value;`,
            },
            {
                subject: `${name}: Parameters, theirs to ours`,
                text: `export const args: (value: Parameters<${vendor}>) => Parameters<${ours}> = (value) => value;`,
            },
            {
                subject: `${name}: ReturnType, theirs to ours`,
                text: `export const result: (value: ReturnType<${vendor}>) => ReturnType<${ours}> = (value) => value;`,
            },
            {
                subject: `${name}: ReturnType, ours to theirs`,
                text: `export const result: (value: ReturnType<${ours}>) => ReturnType<${vendor}> = (value) => value;`,
            },
        ];
    });
}

/** Each probe in a namespace of its own, so that they may use the same names. */
function scoped(probes: readonly Probe[]): Probe[] {
    return probes.map(({ subject, text }, i) => ({ subject, text: `namespace P${i} { ${text} }` }));
}

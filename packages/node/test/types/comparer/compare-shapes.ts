import ts from 'typescript';
import type { Compiled } from './type-program.js';

interface Pair {
    readonly subject: string;
    readonly vendor: string;
    readonly ours: string;
}

/** The text that {@link compareShapes} reads the pairs' types from. A method that has fewer parameters than were asked for is no error. */
export const shapeText = (pairs: readonly Pair[]): string =>
    pairs.map(({ vendor, ours }, i) => `// @ts-ignore\ntype V${i} = ${vendor}; type N${i} = ${ours};\n`).join('');

/** What assignability does not see, since it compares neither what may be written nor what may be asked for by name. */
export function compareShapes({ checker, file }: Compiled, pairs: readonly Pair[]): string[] {
    const aliases = new Map(
        file.statements
            .filter(ts.isTypeAliasDeclaration)
            .map((alias) => [alias.name.text, checker.getTypeAtLocation(alias.name)] as const),
    );
    const found = new Set<string>();
    for (const [i, { subject }] of pairs.entries()) {
        const [vendor, ours] = [aliases.get(`V${i}`), aliases.get(`N${i}`)];
        if (vendor && ours) compare(vendor, ours, subject, new Set(), 0);
    }
    return [...found];

    function compare(vendor: ts.Type, ours: ts.Type, at: string, seen: Set<ts.Type>, depth: number): void {
        if (depth > 4 || seen.has(vendor)) return;
        const within = new Set(seen).add(vendor);
        const theirs = objects(vendor);
        const mine = objects(ours);
        if (theirs.length === 0 || mine.length === 0) return;
        // An argument takes a readonly list too: nothing is read from it as a list that can be changed.
        const argument = /^\w+\(\d\)/.test(at);
        if (!argument && theirs.some((type) => isMutableList(type)) && mine.every((type) => isReadonlyList(type))) {
            found.add(`${at}: a readonly list`);
        }
        if (theirs.some((type) => checker.isArrayLikeType(type))) {
            const [element, ourElement] = [elementOf(theirs), elementOf(mine)];
            if (element && ourElement) compare(element, ourElement, `${at}[]`, within, depth + 1);
            return;
        }
        const indexed = theirs.flatMap((type) => checker.getIndexInfosOfType(type));
        const ourIndexed = mine.flatMap((type) => checker.getIndexInfosOfType(type));
        if (indexed.length > 0 && ourIndexed.length === 0 && ours.flags !== ts.TypeFlags.Any) {
            found.add(`${at}: no index signature`);
        }
        if (!argument && ourIndexed.some(({ isReadonly }) => isReadonly) && !indexed.some(({ isReadonly }) => isReadonly)) {
            found.add(`${at}: its index signature is readonly`);
        }
        const names = new Set(theirs.flatMap((type) => checker.getPropertiesOfType(type).map(({ name }) => name)));
        for (const name of names) {
            const [property, ourProperty] = [propertyOf(theirs, name), propertyOf(mine, name)];
            if (!ourProperty) {
                if (ourIndexed.length === 0) found.add(`${at}.${name}: does not exist`);
                continue;
            }
            if (isReadonly(ourProperty) && !(property && isReadonly(property))) found.add(`${at}.${name}: readonly`);
            if (property) {
                const [type, ourType] = [property, ourProperty].map((one) => checker.getTypeOfSymbol(one)) as [ts.Type, ts.Type];
                if (type.getCallSignatures().length === 0) compare(type, ourType, `${at}.${name}`, within, depth + 1);
            }
        }
    }

    function objects(type: ts.Type): ts.Type[] {
        if (type.isUnion()) return type.types.flatMap(objects);
        return type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) ? [type] : [];
    }
    function elementOf(types: ts.Type[]): ts.Type | undefined {
        const list = types.find((type) => checker.isArrayLikeType(type));
        return list && checker.getIndexTypeOfType(list, ts.IndexKind.Number);
    }
    function isReadonlyList(type: ts.Type): boolean {
        return checker.isArrayLikeType(type) && type.symbol?.name === 'ReadonlyArray';
    }
    function isMutableList(type: ts.Type): boolean {
        return checker.isArrayLikeType(type) && type.symbol?.name === 'Array';
    }
    function propertyOf(types: ts.Type[], name: string): ts.Symbol | undefined {
        const all = types.flatMap((type) => checker.getPropertyOfType(type, name) ?? []);
        return all.find(isReadonly) ?? all[0];
    }
}

function isReadonly(symbol: ts.Symbol): boolean {
    const declarations = symbol.declarations ?? [];
    const written = declarations.some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly);
    // Of a mapped type, `Readonly<T>` say: the checker alone knows.
    return written || (((symbol as { links?: { checkFlags?: number } }).links?.checkFlags ?? 0) & 8) === 8;
}

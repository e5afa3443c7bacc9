/** Someone as both stand-ins know them. */
export interface Person {
    id: string;
    firstName: string;
    lastName: string;
    email: string;
    company: string;
    jobTitle: string;
    phone: string;
    changedAt: string;
}

const firstNames =
    'Ada Alan Annie Barbara Charles Claude Donald Dorothy Edsger Edith Frances Grace Hedy Ida Jean Joan John Karen Katherine Kathleen Ken Leslie Margaret Mary Niklaus Radia Robin Shafi Stephanie Tony'.split(
        ' ',
    );
const lastNames =
    'Allen Bartik Booth Clarke Easley Goldwasser Hamilton Holberton Johnson Jones Keller Lamport Liskov Milner Perlman Ritchie Spence Teitelbaum Turing Wirth'.split(
        ' ',
    );
const companies = ['Antwerp Looms', 'Bletchley Foods', 'Cambridge Clocks', 'Delft Optics', 'Harbour Freight', 'Zurich Tea'];
const jobTitles = ['Buyer', 'Engineer', 'Head of Sales', 'Lab manager', 'Office manager', 'Owner'];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** The people of one provider, who change. The same calls give the same people. */
export class People {
    readonly #people = new Map<string, Person>();
    #next: number;
    #changes = 0;

    constructor(
        count: number,
        private readonly domain: string,
        firstId: number,
    ) {
        this.#next = firstId;
        for (let n = 0; n < count; n++) {
            const [firstName, lastName] = [pick(firstNames, n * 7), pick(lastNames, n * 3 + Math.floor(n / 20))];
            this.add({ firstName, lastName, company: pick(companies, n * 5 + Math.floor(n / 7)) });
        }
    }

    get list(): readonly Person[] {
        return [...this.#people.values()];
    }

    find(id: string): Person | undefined {
        return this.#people.get(id);
    }

    hasEmail(email: string): boolean {
        return this.list.some((person) => person.email === email);
    }

    add(person: Partial<Person> & Pick<Person, 'firstName'>): Person {
        const id = String(this.#next++);
        const { firstName, lastName = '' } = person;
        const added = {
            id,
            lastName,
            email: `${firstName}.${lastName}.${id}@${this.domain}`.toLowerCase(),
            company: '',
            jobTitle: pick(jobTitles, this.#next),
            phone: `+44 20 7946 ${String(this.#next % 10_000).padStart(4, '0')}`,
            changedAt: new Date().toISOString(),
            ...person,
        };
        this.#people.set(id, added);
        return added;
    }

    /** What happens at a provider in a few seconds: someone changes companies, now and then one comes or goes. */
    change(): void {
        const n = this.#changes++;
        const { list } = this;
        const someone = pick(list, n * 37 + 5);
        if (n % 8 === 3)
            this.add({ firstName: pick(firstNames, n), lastName: pick(lastNames, n * 3), company: pick(companies, n) });
        else if (n % 8 === 7) this.#people.delete(someone.id);
        else this.update(someone.id, { company: pick(companies, companies.indexOf(someone.company) + 1) });
    }

    update(id: string, change: Partial<Person>): void {
        const person = this.#people.get(id);
        if (person) this.#people.set(id, { ...person, ...change, changedAt: new Date().toISOString() });
    }
}

/** Sections of the tour that the picture leaves out: it is looked at, not read through. */
const leftOut = /^(Providers and integrations|Environment|Metadata|Syncs|Actions|Proxy|Webhooks|And goodbye)/;

const size = { letter: 7.25, line: 18, margin: 16, bar: 34 };
const colours = { ground: '#0d1117', bar: '#161b22', text: '#e6edf3', faint: '#8b949e', good: '#3fb950', bad: '#f85149' };

/** The printed lines that the picture shows: the first ones, some sections, the sum. A section that is left out is a line with `…`. */
export function excerpt(printed: string): string[] {
    const sections = printed.trim().split('\n\n');
    const rows = sections.flatMap((section) => (leftOut.test(plain(section)) ? ['  …'] : [...section.split('\n'), '']));
    return rows
        .filter((row, at) => row !== '  …' || rows[at - 1] !== '  …')
        .flatMap((row) => (row === '  …' ? [row, ''] : [row]));
}

/** Text of a terminal, with its colours, as an SVG. */
export function pictureOf(printed: string): string {
    const rows = excerpt(printed);
    const width = Math.round(Math.max(...rows.map((row) => plain(row).length)) * size.letter + 2 * size.margin);
    const height = size.bar + rows.length * size.line + size.margin;
    const dots = [0, 1, 2].map((at) => `<circle cx="${22 + at * 18}" cy="17" r="5" fill="#30363d"/>`).join('');
    const texts = rows.map((row, at) => {
        const y = size.bar + (at + 1) * size.line;
        return row === '' ? '' : `<text x="${size.margin}" y="${y}">${painted(row)}</text>\n`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>What pnpm demo prints (made by pnpm demo --picture)</title>
<style>text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${colours.text};white-space:pre}.b{font-weight:bold}.d{fill:${colours.faint}}.g{fill:${colours.good}}.r{fill:${colours.bad}}</style>
<rect width="${width}" height="${height}" rx="8" fill="${colours.ground}"/>
<path d="M0 8a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8v${size.bar - 8}h-${width}z" fill="${colours.bar}"/>
${dots}<text class="d" x="${width / 2}" y="21" text-anchor="middle">npx -y pnpm@10 demo</text>
${texts.join('')}</svg>
`;
}

/** The rows of text that a picture of {@link pictureOf} shows. */
export function rowsOf(svg: string): string[] {
    const texts = [...svg.matchAll(/<text x="16"[^>]*>(.*)<\/text>/g)].map(([, inner]) => inner as string);
    return texts.map((inner) =>
        inner
            .replace(/<[^>]*>/g, '')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&amp;', '&'),
    );
}

const classes: Record<string, string> = { '1': 'b', '2': 'd', '2;3': 'd', '32': 'g', '31': 'r' };

function painted(row: string): string {
    const parts = row.split('\u001b[0m').map((part) => {
        const [before = '', code, text = ''] = part.split(/\u001b\[([\d;]+)m/);
        return escaped(before) + (code ? `<tspan class="${classes[code] ?? ''}">${escaped(text)}</tspan>` : '');
    });
    return parts.join('');
}

/** Spaces that no-break ones stand for: not every viewer keeps rows of plain ones. */
function escaped(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('  ', '\u00a0\u00a0');
}

function plain(text: string): string {
    return text.replace(/\u001b\[[\d;]*m/g, '');
}

/** Docstrings without the indentation of the source, as `inspect.cleandoc` makes them (but blank lines at the ends stay). */

const TAB_SIZE = 8;

/** The docstring with tabs expanded and the common margin of all lines but the first removed. */
export function cleanDoc(doc: string): string {
  const lines = expandTabs(doc).split('\n');
  let margin = Infinity;
  for (let i = 1; i < lines.length; i++) {
    const indent = indentation(lines[i]!);
    if (indent < lines[i]!.length) margin = Math.min(margin, indent);
  }
  if (margin === Infinity) margin = 0;
  const out = [lines[0]!.slice(indentation(lines[0]!))];
  for (let i = 1; i < lines.length; i++) out.push(lines[i]!.slice(Math.min(margin, indentation(lines[i]!))));
  return out.join('\n');
}

function indentation(line: string): number {
  let i = 0;
  while (line.charCodeAt(i) === 0x20) i++;
  return i;
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let out = '';
  let column = 0;
  for (const character of text) {
    if (character === '\t') {
      const width = TAB_SIZE - (column % TAB_SIZE);
      out += ' '.repeat(width);
      column += width;
    } else {
      out += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

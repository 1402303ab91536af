/**
 * Names of the arguments and tags that an ICU message shows: `{name}` and `<link>` give `name`, `<link>`. An argument
 * that only chooses a plural form without being shown (no `#`) is left out: Chinese has no such forms.
 * @throws Error where the braces do not close
 */
export function argumentsOf(message: string): Set<string> {
  const found = new Set<string>()
  const text = withoutQuoted(message)
  if (readText(text, 0, found) !== text.length) throw new Error('a brace is not opened')
  return found
}

/** ICU quotes with an apostrophe before a brace; two apostrophes are one. */
function withoutQuoted(message: string): string {
  return message.replace(/''/g, '').replace(/'[{}<#|][^']*'?/g, '')
}

/** Reads text up to the brace that closes it, or the end. @returns index of that brace or end */
function readText(text: string, start: number, found: Set<string>): number {
  let index = start
  while (index < text.length && text[index] !== '}') {
    const tag = /^<([A-Za-z][\w-]*)\/?>/.exec(text.slice(index))
    if (tag) found.add(`<${tag[1]}>`)
    index = text[index] === '{' ? readArgument(text, index + 1, found) : index + 1
  }
  return index
}

/** Reads `name}`, `name, type}` or `name, plural, case {…} …}`. @returns index behind the closing brace */
function readArgument(text: string, start: number, found: Set<string>): number {
  const head = /^\s*([A-Za-z0-9_]+)\s*(?:,\s*([a-z]+)\s*)?/.exec(text.slice(start))
  if (!head?.[1]) throw new Error('a brace without a name')
  const choosesForm = head[2] === 'plural' || head[2] === 'selectordinal'
  if (!choosesForm) found.add(head[1])
  let index = start + head[0].length
  while (index < text.length && text[index] !== '}') {
    if (text[index] === '{') {
      const form = index
      index = readText(text, index + 1, found)
      if (text[index] !== '}') throw new Error('a brace is not closed')
      if (choosesForm && text.slice(form, index).includes('#')) found.add(head[1])
    }
    index += 1
  }
  if (index >= text.length) throw new Error('a brace is not closed')
  return index + 1
}

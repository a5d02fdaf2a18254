type Lists = { first: readonly string[]; second: readonly string[] }

/**
 * Whether an alias is made of the words of one list: anything else may be a child's name that somebody put where every
 * list, notice and print shows it.
 */
export function isMadeOf(lists: readonly Lists[], alias: string): boolean {
  return lists.some(({ first, second }) =>
    first
      .filter((word) => alias.startsWith(`${word} `))
      .map((word) => alias.slice(word.length + 1))
      .some((rest) => second.includes(rest) || second.some((word) => second.includes(without(rest, `${word} `)))),
  )
}

function without(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : ''
}

/** After this many tries two words are taken too often to go on with; a third one makes room. */
export const TRIES_WITH_TWO_WORDS = 10

/**
 * Two words from the country's lists, or three where two were taken. Random numbers are passed in, one for each word, so
 * that the same numbers give the same alias; nothing about the child goes into it.
 */
export function makeAlias(words: Lists, a: number, b: number, c: number | null = null): string {
  const first = words.first[a % words.first.length]
  const second = words.second[b % words.second.length]
  if (first === undefined || second === undefined) throw new Error('the alias word lists are empty')
  const third = c === null ? undefined : words.second[c % words.second.length]
  return third === undefined || third === second ? `${first} ${second}` : `${first} ${second} ${third}`
}

/**
 * Two words from the country's lists. Random numbers are passed in, one for each word, so that the same numbers give the
 * same alias; nothing about the child goes into it.
 */
export function makeAlias(
  words: { first: readonly string[]; second: readonly string[] },
  a: number,
  b: number,
): string {
  const first = words.first[a % words.first.length]
  const second = words.second[b % words.second.length]
  if (first === undefined || second === undefined) throw new Error('the alias word lists are empty')
  return `${first} ${second}`
}

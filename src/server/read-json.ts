import { withoutUnseen } from '../core/schema.ts'

/** No JSON, or JSON that no screen of ours sends. */
export const NOT_OURS = Symbol('not ours')

/** Nothing of ours is nested deeper: an operation's payload is fields, some of them lists or small objects. */
const DEEPEST = 12

/** Half of a surrogate pair: no text, and PostgreSQL could not keep it. */
const HALF_A_SIGN = /\p{Surrogate}/u

/** An id in whatever letters: the database gives it back in small ones, and what was sealed under another spelling opens never again. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const NEVER_A_KEY = ['__proto__', 'constructor', 'prototype']

/**
 * The one reader of JSON for every write: shallow, without keys that could reach a prototype, texts whole Unicode in NFC
 * without characters that hide or turn what a person reads (security.md 7.5), ids in small letters.
 */
export function readJson(text: string): unknown {
  if (isTooDeep(text)) return NOT_OURS
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (NEVER_A_KEY.includes(key)) throw new SyntaxError()
      if (typeof value !== 'string') return value
      if (HALF_A_SIGN.test(value)) throw new SyntaxError()
      return ID.test(value) ? value.toLowerCase() : withoutUnseen(value)
    }) as unknown
  } catch {
    return NOT_OURS
  }
}

/** Counted on the text: a reader of a million brackets would be deep in trouble before it could complain. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (inText) {
      if (sign === '\\') at += 1
      else if (sign === '"') inText = false
    } else if (sign === '"') inText = true
    else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (sign === ']' || sign === '}') depth -= 1
  }
  return false
}

import { isGuessable } from './common-passwords.ts'
import { randomBelow } from './random.ts'

/** Why a chosen passphrase is not taken; there are no rules about kinds of signs (security.md 4). */
export type PassphraseRefusal =
  | { reason: 'too_short'; least: number }
  | { reason: 'too_long'; most: number }
  | { reason: 'easy_to_guess' }

const MOST = 200

/** Judges a passphrase somebody chose; `least` is in characters as a person counts them. */
export function passphraseRefusal(text: string, least: number): PassphraseRefusal | null {
  const length = Array.from(normalise(text)).length
  if (length < least) return { reason: 'too_short', least }
  if (length > MOST) return { reason: 'too_long', most: MOST }
  return isGuessable(normalise(text)) ? { reason: 'easy_to_guess' } : null
}

/** One form for what looks the same: a phone's keyboard and a desk's may write the same sign differently, and add spaces. */
export function normalise(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ')
}

// Letters that are spoken alike in English, Indonesian, Malay and Filipino; none that look alike.
const CONSONANTS = 'bdghjklmnprstw'.split('')
const VOWELS = 'aeiou'.split('')

/** Made-up words that mean something unkind, sad or sacred in one of our languages. */
const LEFT_OUT = new Set(
  (
    'babi bala bego bisu bodo buta dewa dewi dosa gago gila haji hate hina homo hubo hole jaga kera kike kote lube luka mata ' +
    'mati nabi nude pota puke puki puta rabi rape ruse sara sate suso tamo tolo toke tuli wali dope doke pela hapa'
  ).split(' '),
)

const WORDS = CONSONANTS.flatMap((a) => VOWELS.map((b) => a + b))
  .flatMap((first, _at, syllables) => syllables.filter((second) => second !== first).map((second) => first + second))
  .filter((word) => !LEFT_OUT.has(word))

const COUNT = 6

/** What a made passphrase is worth: each of its six words is one of about 4,800, drawn alike (security.md 5 asks for 64 bits). */
export const PASSPHRASE_BITS = COUNT * Math.log2(WORDS.length)

/** Six made-up, speakable words such as `bako`: ours until lists of real words in each language have been made by people who speak it. */
export function makePassphrase(count = COUNT): string {
  return Array.from({ length: count }, () => WORDS[randomBelow(WORDS.length)]).join(' ')
}

import { newId } from '../../../crypto/random.ts'

/**
 * An id for what a form sends: the same for the same words, so that what is sent twice over a bad line is kept once; another for
 * other words, so that what somebody put right after a lost answer is not taken for what had arrived already.
 */
export function idOfWords(): (sent: object) => string {
  let last = { text: '', id: '' }
  return (sent) => {
    const text = JSON.stringify(sent)
    if (last.text !== text) last = { text, id: newId() }
    return last.id
  }
}

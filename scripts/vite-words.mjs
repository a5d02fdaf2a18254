import { readFileSync } from 'node:fs'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import PO from 'pofile'

const PREFIX = 'virtual:words/'
const LATER = '-later'

/**
 * Compiles a catalogue of `locales/` when the app asks for it; a message a draft language lacks stands in English. `id` is what
 * the door and the shell say, `id-later` what screens say that only somebody who has signed in can see.
 */
export function words() {
  return {
    name: 'kembali-words',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null
      const asked = id.slice(PREFIX.length + 1)
      const language = asked.replace(LATER, '')
      this.addWatchFile(fileOf(language))
      const beginnings = JSON.parse(readFileSync('locales/after-sign-in.json', 'utf8'))
      const isLater = (key) => beginnings.some((beginning) => key.startsWith(beginning))
      const messages = Object.entries({ ...standIn(messagesOf('en'), language), ...messagesOf(language) })
      const wanted = messages.filter(([key]) => isLater(key) === asked.endsWith(LATER))
      const compiled = Object.fromEntries(wanted.map(([key, text]) => [key, compileMessage(text)]))
      // One string is parsed faster than an object literal, and JSON needs no evaluation.
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compiled))})`
    },
  }
}

function fileOf(language) {
  return `locales/${language}.po`
}

/** English that stands in for a missing message keeps its own direction inside a language that runs the other way. */
function standIn(messages, language) {
  if (language !== 'dv') return messages
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, `\u2066${text}\u2069`]))
}

function messagesOf(language) {
  const { items } = PO.parse(readFileSync(fileOf(language), 'utf8'))
  return Object.fromEntries(
    items.filter((item) => (item.msgstr[0] ?? '') !== '').map((item) => [item.msgid, item.msgstr[0]]),
  )
}

/** The tags a browser names voices by. */
const TAGS: Record<string, string> = { en: 'en', id: 'id', ms: 'ms', fil: 'fil', dv: 'dv' }

/**
 * Reads a text aloud with a voice that lives on this device; answers false where there is none. A voice of the network
 * would be told what is asked of a child.
 */
export function readAloud(text: string, language: string): boolean {
  if (!('speechSynthesis' in window)) return false
  const wanted = TAGS[language] ?? language
  const voice = window.speechSynthesis
    .getVoices()
    .find((one) => one.localService && one.lang.toLowerCase().startsWith(wanted))
  if (voice === undefined) return false
  const spoken = new SpeechSynthesisUtterance(text)
  spoken.voice = voice
  spoken.lang = voice.lang
  spoken.rate = 0.9
  window.speechSynthesis.cancel()
  window.speechSynthesis.speak(spoken)
  return true
}

/** Nothing is read on after the page was turned away. */
export function stopReading(): void {
  if ('speechSynthesis' in window) window.speechSynthesis.cancel()
}

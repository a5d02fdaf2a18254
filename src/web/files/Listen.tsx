import { useEffect, useRef, useState } from 'react'
import type { Speech } from '../language.ts'

type Props = { speech: Pick<Speech, 't'>; bytes: Uint8Array<ArrayBuffer> }

/**
 * Plays a voice note from memory. Not with the browser's own player: that would need an address for the sound, and pages of
 * ours may load none.
 */
export function Listen({ speech: { t }, bytes }: Props) {
  const [sound, setSound] = useState<AudioBuffer | 'unreadable' | null>(null)
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const [heard, setHeard] = useState(0)
  const context = useRef<AudioContext | null>(null)
  const source = useRef<AudioBufferSourceNode | null>(null)

  useEffect(() => {
    const made = new AudioContext()
    context.current = made
    // Reading takes the bytes away from whoever gave them.
    made.decodeAudioData(bytes.slice().buffer).then(setSound, () => setSound('unreadable'))
    return () => void made.close()
  }, [bytes])

  useEffect(() => {
    if (startedAt === null) return
    const timer = window.setInterval(() => setHeard((context.current?.currentTime ?? 0) - startedAt), 250)
    return () => window.clearInterval(timer)
  }, [startedAt])

  if (sound === 'unreadable') return <p className="small">{t('attachments.no_sound')}</p>
  const length = sound?.duration ?? 0
  const isPlaying = startedAt !== null

  async function play(of: AudioBuffer) {
    const around = context.current
    if (around === null) return
    await around.resume()
    const from = heard >= of.duration ? 0 : heard
    const node = around.createBufferSource()
    node.buffer = of
    node.connect(around.destination)
    node.addEventListener('ended', () => {
      if (source.current !== node) return
      source.current = null
      setStartedAt(null)
      setHeard(of.duration)
    })
    node.start(0, from)
    source.current = node
    setHeard(from)
    setStartedAt(around.currentTime - from)
  }

  function pause() {
    const node = source.current
    source.current = null
    node?.stop()
    setStartedAt(null)
  }

  return (
    <div className="row">
      <button
        type="button"
        className="button second"
        aria-disabled={sound === null}
        onClick={() => (isPlaying ? pause() : sound !== null && void play(sound))}
      >
        {isPlaying ? t('attachments.pause') : t('attachments.listen')}
      </button>
      <span className="small">{`${clockText(Math.min(heard, length))} / ${clockText(length)}`}</span>
    </div>
  )
}

/** Minutes and seconds. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

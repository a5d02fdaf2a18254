import { useEffect, useRef, useState } from 'react'
import type { Speech } from '../language.ts'
import { Notice } from '../ui/Notice.tsx'
import { clockText } from './Listen.tsx'
import type { Picked } from './prepare.ts'

type Props = { speech: Pick<Speech, 't'>; done: (picked: Picked) => void; cancel: () => void }

/** Voices need no more, and a minute is then about 180 kB. */
const BITS = 24_000
const LONGEST_SECONDS = 30 * 60
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']

/** Records a voice note on this phone: it can be paused, and is heard before it is kept. */
export function Record({ speech: { t }, done, cancel }: Props) {
  const [state, setState] = useState<'asking' | 'recording' | 'paused' | 'refused'>('asking')
  const [seconds, setSeconds] = useState(0)
  const recorder = useRef<MediaRecorder | null>(null)
  const finished = useRef(done)
  useEffect(() => {
    finished.current = done
  })

  useEffect(() => {
    let stream: MediaStream | null = null
    let isLeft = false
    void begin()
    return () => {
      isLeft = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }

    async function begin() {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      } catch {
        return setState('refused')
      }
      if (isLeft) return stream.getTracks().forEach((track) => track.stop())
      const mimeType = TYPES.find((one) => MediaRecorder.isTypeSupported(one))
      const made = new MediaRecorder(stream, {
        audioBitsPerSecond: BITS,
        ...(mimeType === undefined ? {} : { mimeType }),
      })
      // One piece, when it is stopped.
      made.addEventListener(
        'dataavailable',
        ({ data }) =>
          void data.arrayBuffer().then((sound) => {
            const type = made.mimeType.split(';')[0] ?? ''
            if (!isLeft) finished.current({ kind: 'voice', type, bytes: new Uint8Array(sound) })
          }),
      )
      made.start()
      recorder.current = made
      setState('recording')
    }
  }, [])

  useEffect(() => {
    if (state !== 'recording') return
    const timer = window.setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => window.clearInterval(timer)
  }, [state])

  useEffect(() => {
    if (seconds >= LONGEST_SECONDS) recorder.current?.stop()
  }, [seconds])

  function pauseOrGoOn() {
    if (state === 'recording') recorder.current?.pause()
    else recorder.current?.resume()
    setState(state === 'recording' ? 'paused' : 'recording')
  }

  if (state === 'refused')
    return (
      <div className="stack">
        <Notice tone="due" live>
          {t('attachments.no_microphone')}
        </Notice>
        <button type="button" className="button second" onClick={cancel}>
          {t('attachments.back')}
        </button>
      </div>
    )
  const isOn = state === 'recording' || state === 'paused'
  return (
    <div className="card stack">
      <p role="status">
        <b>{t(state === 'paused' ? 'attachments.paused' : 'attachments.recording')}</b>{' '}
        <span>{clockText(seconds)}</span>
      </p>
      <p className="small">{t('notice.no_intelligence')}</p>
      <div className="row actions">
        <button type="button" className="button" aria-disabled={!isOn} onClick={() => isOn && recorder.current?.stop()}>
          {t('attachments.stop')}
        </button>
        <button type="button" className="button second" aria-disabled={!isOn} onClick={() => isOn && pauseOrGoOn()}>
          {t(state === 'paused' ? 'attachments.go_on' : 'attachments.pause')}
        </button>
        <button type="button" className="linkish" onClick={cancel}>
          {t('attachments.throw_away')}
        </button>
      </div>
    </div>
  )
}

import { useEffect, useMemo } from 'react'
import type { Speech } from '../language.ts'
import './files.css'
import { Listen } from './Listen.tsx'

type Props = {
  speech: Pick<Speech, 't'>
  file: { kind: 'photo' | 'document' | 'voice'; type: string; bytes: Uint8Array<ArrayBuffer>; label: string }
}

/** A file as it lies in memory: a picture is seen, a voice is heard, a paper can be kept by whoever needs it outside. */
export function ShowFile({ speech, file }: Props) {
  const { kind, type, bytes, label } = file
  const address = useMemo(() => URL.createObjectURL(new Blob([bytes], { type })), [bytes, type])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  if (kind === 'voice') return <Listen speech={speech} bytes={bytes} />
  if (type.startsWith('image/')) return <img src={address} alt={label} className="shown-file" />
  return (
    <div className="stack">
      <p className="small">{speech.t('attachments.save_hint')}</p>
      <div className="actions">
        <a href={address} download="file.pdf" className="button second">
          {speech.t('attachments.save_copy')}
        </a>
      </div>
    </div>
  )
}

import type { Speech } from '../language.ts'
import { Notice } from './Notice.tsx'

type Props = { speech: Pick<Speech, 't'>; phone: string; onPhone: (phone: string) => void }

/** The number a child can call, for a paper it takes along; kept nowhere. */
export function PaperPhone({ speech: { t }, phone, onPhone }: Props) {
  return (
    <>
      <label className="field">
        <span>{t('paper.phone')}</span>
        <input
          type="tel"
          className="short"
          value={phone}
          maxLength={24}
          autoComplete="off"
          onChange={(event) => onPhone(event.target.value)}
        />
      </label>
      {phone.trim() === '' && <Notice tone="due">{t('paper.phone_missing')}</Notice>}
    </>
  )
}

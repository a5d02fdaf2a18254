import { useRef, useState } from 'react'
import type { Speech } from '../../../web/language.ts'

type Props = { speech: Speech; address: string }

/** The link alone, to be shared or copied: its number is told another way and is in none of it. */
export function HandLink({ speech: { t }, address }: Props) {
  const shown = useRef<HTMLParagraphElement>(null)
  const [said, say] = useState<'copied' | 'marked' | null>(null)
  const canShare = 'share' in navigator

  async function share(): Promise<void> {
    try {
      await navigator.share({ url: address })
    } catch {
      // Closed without choosing, or refused by the phone: the link is still here to be copied.
    }
  }
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(address)
      say('copied')
    } catch {
      // A browser that lets no page write there: it is marked, so that one gesture copies it.
      const selection = window.getSelection()
      if (shown.current !== null) selection?.selectAllChildren(shown.current)
      say('marked')
    }
  }
  return (
    <>
      <p ref={shown} className="link-once" translate="no" dir="ltr">
        {address}
      </p>
      <div className="actions row">
        {canShare && (
          <button type="button" className="button" onClick={() => void share()}>
            {t('referrals.link_share')}
          </button>
        )}
        <button type="button" className="button second" onClick={() => void copy()}>
          {t('referrals.link_copy')}
        </button>
      </div>
      <p role="status" className="small">
        {said === null ? '' : t(`referrals.link_${said}`)}
      </p>
    </>
  )
}

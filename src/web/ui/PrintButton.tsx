import type { Speech } from '../language.ts'

/** Prints the page as it stands: an installed app has no other way to paper. */
export function PrintButton({ speech, isFirst = false }: { speech: Pick<Speech, 't'>; isFirst?: boolean }) {
  return (
    <button type="button" className={isFirst ? 'button' : 'button second'} onClick={() => window.print()}>
      {speech.t('print')}
    </button>
  )
}

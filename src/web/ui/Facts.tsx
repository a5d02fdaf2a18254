/** A question and what was said to it. */
export type Said = { label: string; text: string }

/** What somebody said, each under its question; people's own words are not translated. */
export function Facts({ facts, isCard = false }: { facts: readonly Said[]; isCard?: boolean }) {
  return (
    <dl className={isCard ? 'facts card' : 'facts'}>
      {facts.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="words" translate="no" dir="auto">
            {text}
          </dd>
        </div>
      ))}
    </dl>
  )
}

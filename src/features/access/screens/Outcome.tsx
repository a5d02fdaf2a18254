import { Notice } from '../../../web/ui/Notice.tsx'

/** What came of the last thing somebody did on a screen of accounts: what stood in its way, or that it was done. */
export function Outcome({ problem, said }: { problem: string | null; said: string | null }) {
  return (
    <>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {said !== null && (
        <Notice tone="ok" live>
          {said}
        </Notice>
      )}
    </>
  )
}

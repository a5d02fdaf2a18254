import { useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { keyOf, type Row, type Rows } from '../../../web/replica.ts'
import type { ChildCase } from '../case.ts'

type ListedRow = ChildCase & { workerName: string | null }
export type ListedCase = ListedRow & { late: number }
/** `due` are codes and moments that say what is due of these cases, and no word. */
type Page = {
  cases: ListedRow[]
  late: { [caseId: string]: number }
  due: Omit<Row, 'version'>[]
  next: string | null
}

/** A caseload is at most a few hundred: this many pages hold it, and a fault never asks for ever. */
const PAGES_AT_MOST = 20

/** A list of the server, fifty at a time; null asks nothing. */
export function useCasePages(of: { scope: 'mine' | 'team'; show: string } | null) {
  const { app, desk } = useDesk()
  const path = of === null ? null : `/api/cases?scope=${of.scope}&show=${of.show}`
  const turn = desk.replica.state().syncedAt ?? ''
  const [later, setLater] = useState<{ path: string | null; turn: string; pages: Page[] }>({ path, turn, pages: [] })
  // Our own server answers in its own schema.
  const ask = async (after: string) => (await app.api.get(`${path ?? ''}${after}`)) as Page
  const first = useAnswer(
    path ?? 'none',
    () => (path === null ? Promise.resolve<Page>({ cases: [], late: {}, due: [], next: null }) : ask('')),
    turn,
  )
  const pages =
    first.state === 'answered' ? [first.value, ...(later.path === path && later.turn === turn ? later.pages : [])] : []
  const next = pages.at(-1)?.next ?? null

  async function fetch(atMost: number): Promise<void> {
    const got = pages.slice(1)
    let after = next
    for (let n = 0; n < atMost && after !== null; n += 1) {
      const page = await ask(`&after=${after}`)
      got.push(page)
      after = page.next
    }
    setLater({ path, turn, pages: got })
  }

  return {
    cases: pages.flatMap((page) =>
      page.cases.map((row) => ({
        ...row,
        late: page.late[row.id] ?? 0,
      })),
    ),
    /** What is due of the cases of each page, as a device holds it: the rules of a worker's own day look at it. */
    rows: pages.map(rowsIn),
    isFetching: first.state === 'asking',
    problem: first.state === 'failed' ? first.code : null,
    more: next === null ? null : () => void fetch(1),
    /** Everything that is left, so that a search in memory looks through all of it. */
    fetchAll: next === null ? null : () => void fetch(PAGES_AT_MOST),
  }
}

function rowsIn({ cases, due }: Page): Rows {
  const rows: Row[] = [
    ...cases.map((row): Row => ({ thing: 'case', id: row.id, caseId: row.id, version: row.version, fields: row })),
    ...due.map((row) => ({ ...row, version: null })),
  ]
  return new Map(rows.map((row) => [keyOf(row), row]))
}

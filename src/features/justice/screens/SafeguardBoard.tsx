import { toMillis } from '../../../core/time.ts'
import { lengthText, momentText } from '../../../web/moments.ts'
import { ClockBar } from '../../../web/ui/ClockBar.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Board, BoardLine } from '../board.ts'
import type { Around } from './DutyCard.tsx'
import { dutyTitle, limitText, standingText, TONES, usedOf } from './texts.ts'

type Props = {
  around: Omit<Around, 'timeZone'>
  board: Board | null
  problem: string | null
  /** "As of 10:42", or that it comes from this device. */
  fetched: string
  zoneOf: (region: string) => string
  authorityOf: (code: string) => string
  /** Whether several workers' cases stand here. */
  isTeam: boolean
}

/** One question, answered in the heading: is a child held, and has a limit passed? Then who owes what, and by when. */
export function SafeguardBoard(props: Props) {
  const { around, board, problem, fetched } = props
  const { speech } = around
  const { t } = speech
  if (board === null)
    return (
      <Screen title={t('way.safeguards')}>
        {problem === null ? <p className="small">{t('wait')}</p> : <Notice tone="due">{problem}</Notice>}
      </Screen>
    )
  return (
    <Screen
      title={t('justice.board.title', { held: board.held, passed: board.passed.length })}
      lead={t('justice.board.lead')}
    >
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      <Figures {...props} board={board} />
      {board.lines.length > 0 && <Lines {...props} lines={board.lines} />}
      {board.further > 0 && <p className="small">{t('justice.board.further', { count: board.further })}</p>}
      {board.toFindOut.length > 0 && (
        <section className="group">
          <h2>{t('justice.board.ask', { count: board.toFindOut.length })}</h2>
          <ul className="plain stack">
            {board.toFindOut.map(({ caseId, alias, workerName, ids }) => (
              <li key={caseId} className="card">
                <div className="spread loose">
                  <h3>
                    <To href={`/cases/${caseId}/safeguards`}>{alias}</To>
                  </h3>
                  <Status tone="quiet">{t('justice.count.to_find_out', { count: ids.length })}</Status>
                </div>
                <p className="small">{ids.map((id) => dutyTitle(around.pack, speech, id)).join(' · ')}</p>
                {props.isTeam && workerName !== null && (
                  <p className="tiny">{t('cases.worker', { name: workerName })}</p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {board.past.duties > 0 && <p className="small">{t('justice.board.past', board.past)}</p>}
      <p className="tiny">{fetched}</p>
    </Screen>
  )
}

function Figures({ around, board, zoneOf: _zone }: Props & { board: Board }) {
  const { pack, speech, now } = around
  const { t } = speech
  const { first } = board
  const asked = board.toFindOut.reduce((sum, child) => sum + child.ids.length, 0)
  const figures = [
    {
      figure: board.passed.length,
      text: t('justice.board.passed', { count: board.passed.length }),
      hint: t(board.passed.length > 0 ? 'justice.board.passed_do' : 'justice.board.passed_none'),
    },
    {
      figure: board.dueSoon,
      text: t('justice.board.due', { count: board.dueSoon }),
      hint:
        first === null
          ? t('justice.board.due_none')
          : t('justice.board.due_first', {
              title: dutyTitle(pack, speech, first.safeguardId),
              alias: first.alias,
              length: lengthText(speech, toMillis(first.dueAt) - toMillis(now)),
            }),
    },
    { figure: asked, text: t('justice.board.to_ask', { count: asked }), hint: t('justice.board.to_ask_hint') },
    {
      figure: board.met,
      text: t('justice.board.met', { count: board.met, late: board.late }),
      hint: t('justice.board.met_hint'),
    },
  ]
  return (
    <div className="says">
      {figures.map(({ figure, text, hint }) => (
        <div key={text} className="card">
          <p>
            <b>{figure}</b> {text}
          </p>
          <p className="small">{hint}</p>
        </div>
      ))}
    </div>
  )
}

function Lines({ around, lines, zoneOf, authorityOf, isTeam }: Props & { lines: readonly BoardLine[] }) {
  const { pack, speech, now } = around
  const { t } = speech
  return (
    <div className="table-hold">
      <table className="to-cards">
        <caption className="unseen">{t('justice.board.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('justice.board.what')}</th>
            <th scope="col">{t('justice.board.case')}</th>
            <th scope="col">{t('justice.board.owed_by')}</th>
            <th scope="col">{t('justice.board.due_col')}</th>
            <th scope="col">{t('justice.board.time')}</th>
            {isTeam && <th scope="col">{t('justice.board.worker')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const timeZone = zoneOf(line.region)
            const said = saidOf(line, timeZone)
            return (
              <tr key={`${line.contactId}${line.safeguardId}${line.startsAt}`}>
                <th scope="row">
                  {dutyTitle(pack, speech, line.safeguardId)}
                  <p className="tiny">{limitText(pack, speech, line.safeguardId)}</p>
                </th>
                <td data-label={t('justice.board.case')}>
                  <To href={`/cases/${line.caseId}/safeguards`}>{line.alias}</To>
                </td>
                <td data-label={t('justice.board.owed_by')}>{authorityOf(line.authority)}</td>
                <td data-label={t('justice.board.due_col')}>{momentText(speech, line.dueAt, timeZone, now)}</td>
                <td>
                  <Status tone={TONES[line.standing]} {...(line.standing === 'running' ? { icon: 'clock' } : {})}>
                    {said}
                  </Status>
                  <ClockBar
                    label={`${dutyTitle(pack, speech, line.safeguardId)}: ${said}`}
                    used={usedOf(line, now) ?? 1}
                    tone={TONES[line.standing]}
                  />
                </td>
                {isTeam && <td data-label={t('justice.board.worker')}>{line.workerName ?? ''}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )

  function saidOf(line: BoardLine, timeZone: string): string {
    if (line.standing === 'passed')
      return t('justice.board.late', { length: lengthText(speech, toMillis(now) - toMillis(line.dueAt)) })
    const { safeguardId: id, standing } = line
    return standingText(pack, speech, { id, standing, clock: line }, { now, timeZone })
  }
}

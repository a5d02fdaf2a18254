import type { Jotting, JottingKind } from '../../../core/jotting.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import type { Option } from '../../../web/ui/Field.tsx'
import { callNameOf, ownCases } from '../../cases/screens/case-file.ts'

/** Her own open cases, and how something written down or handed over is put on one of them. */
export function useOnto() {
  const { app, desk, speech, pack, rows } = useDesk()
  const features = useFeatures()
  const open = ownCases(rows).filter((own) => own.case.state === 'open')
  const cases: Option[] = open
    .map((own) => {
      const name = callNameOf(own)
      return { value: own.case.id, label: name === null ? own.case.alias : `${own.case.alias} · ${name}` }
    })
    .sort((a, b) => a.label.localeCompare(b.label))

  /** Answers the sentence that stands in the way, or null. */
  async function put(
    kind: JottingKind,
    jotting: Omit<Jotting, 'kind'> & { id: string },
    file: Uint8Array<ArrayBuffer> | null,
    caseId: string,
  ): Promise<string | null> {
    const own = open.find((one) => one.case.id === caseId)
    const take = await features.map((feature) => feature.takes?.[kind]).find((one) => one !== undefined)?.()
    if (own === undefined || take === undefined) return speech.t('answer.not_allowed')
    const timeZone = zoneOf(pack, own.case.region)
    return take(jotting, file, { app, desk, speech, pack, caseId, closedAt: own.case.closedAt, timeZone })
  }

  return { cases, put }
}

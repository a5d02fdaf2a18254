import type { OtherSystem } from '../../core/office-work.ts'
import type { Part } from '../../core/part.ts'
import { newId } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenCase } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import { listOf } from '../cases/field-store.ts'
import { inOrderOf, type KnownRow, type OrderedField } from './other-system.ts'

export type Told = OrderedField & { list: string | null }

/** What an opened file holds, in the order of a layout; of the named parts alone, where some are named. */
export async function readInOrder(
  tx: Tx,
  { features }: Pick<Machine, 'features'>,
  { caseId, file }: { caseId: string; file: OpenCase },
  layout: OtherSystem,
  parts: readonly Part[] | null,
): Promise<Told[]> {
  const open = (part: Part) => (file.holds(part) ? file.part(part, 'read') : Promise.resolve(null))
  const readers = features
    .flatMap((feature) => feature.packs)
    .filter(({ part }) => parts === null || part === 'case' || parts.includes(part))
  const rows: KnownRow[] = []
  // An opened file is read by a person and kept by no device.
  for (const { read, part } of readers) rows.push(...(await read(tx, [caseId], () => open(part), newId())))
  const things = features.flatMap((feature) => feature.mutable ?? [])
  return inOrderOf(layout, rows).map((one) => ({
    ...one,
    list: listOf(things, { thing: one.thing, field: one.name }),
  }))
}

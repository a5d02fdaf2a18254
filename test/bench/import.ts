import { performance } from 'node:perf_hooks'
import { readYaml } from '../../src/server/countries.ts'
import { importCases } from '../../src/server/import-cases.ts'
import { ImportMapping } from '../../src/server/import-mapping.ts'
import type { Machine } from '../../src/server/machine.ts'
import { anOffice, aPerson, runsImport } from '../people.ts'
import { rounded } from './lines.ts'

/** How long a list took, in seconds: by the clock, of the processor, and once more when all of it is there. */
export type ImportLine = {
  name: string
  engine: string
  rows: number
  seconds: number
  processor_seconds: number
  again_seconds: number
}

const HEADER = [
  'Case ID,Date of Registration or Interview,Name,Nickname,Sex,Age,Language,Caregiver Name,Current Address,Region',
  'Source of Identification',
].join()

/** Takes a list in as a social worker does: each row a case with who the child is, its card and its first answers. */
export async function measureImport(machine: Machine, engine: string, rows: number): Promise<ImportLine> {
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  await aPerson(machine, office, 'supervisor')
  await runsImport(machine, worker)
  const mapping = readYaml('countries/international/import.yaml', ImportMapping).data
  const list = Array.from({ length: rows }, (_, n) =>
    [
      `list-${n}`,
      '2026-01-05',
      `Given${n} Family${n % 997}`,
      'Adi',
      n % 2 === 0 ? 'Male' : 'Female',
      8 + (n % 10),
      '',
      'An aunt',
    ]
      .concat([`Upper Ridge ${n % 60}`, 'NC-TL', 'field_visit'])
      .join(),
  )
  const bytes = Buffer.from([HEADER, ...list].join('\n'))
  const take = async (made: number) => {
    const done = await importCases(machine, worker.sid, bytes, mapping, true)
    if (typeof done === 'string' || done.made !== made || done.faults.length > 0)
      throw new Error(`the list is taken in: ${JSON.stringify(done).slice(0, 500)}`)
  }
  const first = await timed(() => take(rows))
  const again = await timed(() => take(0))
  return {
    name: 'import of a list',
    engine,
    rows,
    seconds: first.seconds,
    processor_seconds: first.processor,
    again_seconds: again.seconds,
  }
}

async function timed(work: () => Promise<void>): Promise<{ seconds: number; processor: number }> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { seconds: rounded((performance.now() - began) / 1000), processor: rounded((user + system) / 1_000_000) }
}

import { describe, expect, test } from 'vitest'
import { loadCountry } from '../../src/server/countries.ts'
import { isMadeOf, makeAlias } from '../../src/features/cases/alias.ts'
import { testMachine } from '../db.ts'
import { anOffice, aPerson, openCaseOp, ownerRows, send } from '../people.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const lists = Object.values(machine.pack.aliasWords)

describe('an alias stands in every list, notice and print, and is not sealed', () => {
  test.each(['Aisyah Putri Lestari', 'Budi', 'Calm Budi', 'Budi River', 'The boy from Pasir'])(
    'so a name that a changed phone sends in its place is kept nowhere: %s',
    async (name) => {
      const op = openCaseOp(worker, { alias: name })
      const [answer] = await send(machine, worker, op)
      expect(answer).toMatchObject({ answer: 'accepted', settled: { alias: expect.any(String) } })
      const rows = await ownerRows(
        machine,
        `select c.alias, l.clear::text as clear, l.answer::text as answer from child_case c
          join op_log l on l.case_id = c.id where c.id = '${String(op.payload.id)}'`,
      )
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(name)
      expect(isMadeOf(lists, String(rows[0]?.alias))).toBe(true)
    },
  )

  test('while one made of the words of any language of the country stays as the phone made it', async () => {
    const alias = makeAlias(lists.at(-1) ?? { first: [], second: [] }, 5, 7, 11)
    const [answer] = await send(machine, worker, openCaseOp(worker, { alias }))
    expect(answer).toMatchObject({ answer: 'accepted', settled: {} })
  })

  test.each(Object.entries(loadCountry('countries', 'demo').pack.aliasWords))(
    'every alias that can be made in %s is known as one',
    (_language, words) => {
      for (let n = 0; n < 2000; n += 1) {
        expect(isMadeOf([words], makeAlias(words, n * 7, n * 13))).toBe(true)
        expect(isMadeOf([words], makeAlias(words, n * 7, n * 13, n * 5 + 1))).toBe(true)
      }
    },
  )
})

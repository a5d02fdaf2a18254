import { describe, expect, test } from 'vitest'
import { EnvelopeError } from './errors.ts'
import { makeFileKey, openFile, sealChunk } from './file-chunks.ts'
import { newId } from './random.ts'

const key = makeFileKey()
const fileId = newId()
const said = ['The first piece, ', 'the second piece, ', 'and the end']
const of = { fileId, stage: 'kept' as const, count: said.length }
const pieces = said.map((text, index) => ({
  place: index,
  body: sealChunk(key, { ...of, index }, new TextEncoder().encode(text)),
}))
const [first, second, last] = pieces as [(typeof pieces)[0], (typeof pieces)[0], (typeof pieces)[0]] // three of them

test('a file is read whole from its pieces', () => {
  expect(new TextDecoder().decode(openFile(key, of, pieces))).toBe(said.join(''))
})

describe('nothing of a file is read', () => {
  const flipped = last.body.slice()
  flipped[20] = (flipped[20] ?? 0) ^ 1
  test.each([
    ['that lost its end', of, [first, second]],
    ['that lost its end, whoever says now how long it is', { ...of, count: 2 }, [first, second]],
    [
      'whose pieces were swapped',
      of,
      [first, { ...second, place: 2 }, { ...last, place: 1 }].sort((a, b) => a.place - b.place),
    ],
    ['in which a piece stands twice', of, [first, second, { ...second, place: 2 }]],
    ['whose piece was changed by one bit', of, [first, second, { ...last, body: flipped }]],
    ['that has a piece too many', of, [...pieces, { ...last, place: 3 }]],
    ['from the pieces of another file', { ...of, fileId: newId() }, pieces],
    ['as it was sent, from pieces as they are kept', { ...of, stage: 'sent' as const }, pieces],
    ['without any piece', { ...of, count: 0 }, []],
  ])('%s', (_what, asked, there) => {
    expect(() => openFile(key, asked, there)).toThrow(EnvelopeError)
  })

  test('with another file’s key', () => {
    expect(() => openFile(makeFileKey(), of, pieces)).toThrow(EnvelopeError)
    expect(() => openFile('no key', of, pieces)).toThrow(EnvelopeError)
  })
})

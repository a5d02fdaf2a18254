import { describe, expect, test } from 'vitest'
import { handedInBy } from './handed-in-by.ts'

describe('whoever handed an assessment in', () => {
  const speech = { t: (id: string) => id } as never // only the id of a word is looked at
  const person = { id: 'me', name: 'Dr. Ayu Mira' }
  test.each([
    ['is named where the reader may know the name', { submittedBy: 'she', submittedByName: 'Siti' }, 'Siti'],
    ['is a colleague where she may not', { submittedBy: 'she', submittedByName: null }, 'assessment.a_colleague'],
    ['is the reader where only her phone knows of it', { submittedBy: '', submittedByName: null }, 'Dr. Ayu Mira'],
    ['and where it is she', { submittedBy: 'me', submittedByName: null }, 'Dr. Ayu Mira'],
  ])('%s', (_what, submission, expected) => {
    expect(handedInBy(submission, { speech, person })).toBe(expected)
  })
})

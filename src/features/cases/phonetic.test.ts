import { describe, expect, test } from 'vitest'
import { namePieces, phonetic } from './phonetic.ts'

describe('spellings of one name have one key', () => {
  test.each([
    ['Muhammad Mohd Mohamed Mohamad Muhamad Muhammed'],
    ['Yusuf Joesoef Jusuf Yusof Yousef'],
    ['Fathimath Fatimah Fatima Patimah'],
    ['Tjahja Cahya Cahaya'],
    ['Ahmad Achmad Akhmad Ahmed'],
    ['Aishath Aisyah Aisha Aishah'],
    ['Usman Othman Osman Uthman'],
    ['Jamal Djamal'],
    ['Soerjo Suryo'],
    ['Rahardjo Raharjo'],
    ['Chairul Khairul'],
    ['Nur Noor Noer'],
    ['Faisal Faizal Paisal Faysal'],
    ['Abdurrahman Abdulrahman Abdurrohman'],
    ['Maryam Mariam Mariyam'],
    ['Ibrahim Ebrahim Ibraheem'],
    ['Rizky Rizki Risky'],
    ['Syarif Sharif Sjarif'],
    ['Hussain Husein Hossain'],
    ['Boedi Budi'],
    ['Dewi Dewie'],
    ['Cruz Kruz'],
    ['Guillermo Gilermo'],
  ])('%s', (spellings) => {
    expect(new Set(spellings.split(' ').map(phonetic)).size).toBe(1)
  })
})

describe('different names', () => {
  test('rarely share a key: of all pairs of these fifty, fewer than one in a hundred', () => {
    const names =
      'Adi Bagus Cahya Dewi Eka Fitri Gilang Hendra Indah Joko Kartika Lestari Made Nurul Oki Putri Qori Ratna Sari Taufik Umar Vina Wahyu Yanti Zainal Aisyah Bambang Citra Dimas Farid Galuh Hasan Iwan Jihan Kurnia Laila Melati Nadia Rizal Slamet Tri Utami Wulan Yusuf Zahra Hawwa Ibrahim Maricel Rodrigo Nashwan'
        .split(' ')
        .map(phonetic)
    let same = 0
    let pairs = 0
    for (const [index, a] of names.entries())
      for (const b of names.slice(index + 1)) {
        pairs += 1
        if (a === b) same += 1
      }
    expect(same / pairs).toBeLessThan(0.01)
  })
})

describe('the pieces of a name', () => {
  test.each([
    ['Abdul Rahman bin Ali', 'Abdurrahman Ali'],
    ['Muhammad Rizky Pratama', 'M. Rizki Pratama'],
    ['Juan dela Cruz', 'Juan Cruz'],
    ['Siti Aminah binti Yusof', 'Sitti Aminah Yusuf'],
    ['Aminath Zaha', 'Aminah Zahaa'],
  ])('%s and %s are the same', (a, b) => {
    expect(namePieces(a)).toEqual(namePieces(b))
  })
  test('leave a Muhammad with one other name, which would else be one name alone', () => {
    expect(namePieces('Muhammad Ali')).toHaveLength(2)
  })
})

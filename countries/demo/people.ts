/** The fictional people of the demo. Names are invented; every one of them is marked as fictional on the sign-in page. */
export const ORGANISATIONS = [
  {
    id: '0e000000-0000-4000-8000-000000000001',
    name: 'Teluk District Child Protection (fictional)',
    sector: 'child_protection',
    region: 'NC-TL',
  },
  {
    id: '0e000000-0000-4000-8000-000000000002',
    name: 'Gunung District Child Protection (fictional)',
    sector: 'child_protection',
    region: 'NC-GN',
  },
  {
    id: '0e000000-0000-4000-8000-000000000003',
    name: 'National Focal Point (fictional)',
    sector: 'coordination',
    region: null,
  },
  {
    id: '0e000000-0000-4000-8000-000000000004',
    name: 'Pulau District Child Protection (fictional)',
    sector: 'child_protection',
    region: 'NC-PL',
  },
  {
    id: '0e000000-0000-4000-8000-000000000005',
    name: 'Teluk East Child Protection (fictional)',
    sector: 'child_protection',
    region: 'NC-TL',
  },
  {
    id: '0e000000-0000-4000-8000-000000000006',
    name: 'Gunung Hills Child Protection (fictional)',
    sector: 'child_protection',
    region: 'NC-GN',
  },
  {
    id: '0e000000-0000-4000-8000-000000000007',
    name: 'Data Protection Office (fictional)',
    sector: 'oversight',
    region: null,
  },
  {
    id: '0e000000-0000-4000-8000-000000000008',
    name: 'House by the Garden (fictional shelter)',
    sector: 'civil_society',
    region: 'NC-TL',
  },
  {
    id: '0e000000-0000-4000-8000-000000000009',
    name: 'Teluk Health Post (fictional)',
    sector: 'health',
    region: 'NC-TL',
  },
  {
    id: '0e000000-0000-4000-8000-000000000010',
    name: 'Provincial Child Protection Directorate (fictional)',
    sector: 'child_protection',
    region: null,
  },
] as const

export const TEAMS = [
  { id: '7e000000-0000-4000-8000-000000000001', orgId: ORGANISATIONS[0].id, name: 'Teluk team' },
  { id: '7e000000-0000-4000-8000-000000000002', orgId: ORGANISATIONS[1].id, name: 'Gunung team' },
  { id: '7e000000-0000-4000-8000-000000000004', orgId: ORGANISATIONS[3].id, name: 'Pulau team' },
  { id: '7e000000-0000-4000-8000-000000000005', orgId: ORGANISATIONS[4].id, name: 'Teluk East team' },
  { id: '7e000000-0000-4000-8000-000000000006', orgId: ORGANISATIONS[5].id, name: 'Gunung Hills team' },
] as const

type DemoPerson = {
  id: string
  orgId: string
  sector: string
  name: string
  login: string
  role: string
  language: string
  team: string | null
  supervises: boolean
}

const person = (
  n: number,
  org: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9,
  name: string,
  role: string,
  team: string | null,
  language = 'en',
): DemoPerson => ({
  id: `9e000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  orgId: ORGANISATIONS[org].id,
  sector: ORGANISATIONS[org].sector,
  name,
  login: name.toLowerCase().replace(/[^a-z]+/g, '.'),
  role,
  language,
  team,
  supervises: role === 'supervisor',
})

export const PEOPLE = [
  person(1, 0, 'Sari Wening', 'case_worker', TEAMS[0].id),
  person(2, 0, 'Dedi Rahman', 'case_worker', TEAMS[0].id),
  person(3, 0, 'Ibu Ratna', 'supervisor', TEAMS[0].id),
  person(4, 1, 'Lina Batari', 'case_worker', TEAMS[1].id),
  person(5, 1, 'Pak Yusuf', 'supervisor', TEAMS[1].id),
  person(6, 2, 'Maya Salim', 'national_officer', null),
  person(7, 3, 'Tomi Laut', 'case_worker', TEAMS[2].id),
  person(8, 3, 'Ibu Nur', 'supervisor', TEAMS[2].id),
  person(9, 4, 'Rima Sela', 'case_worker', TEAMS[3].id),
  person(10, 5, 'Anton Dara', 'case_worker', TEAMS[4].id),
  person(11, 6, 'Hana Wardi', 'dpo', null),
  person(12, 2, 'Tirta Laksana', 'admin', null),
  person(13, 0, 'Wati Lestari', 'intake', TEAMS[0].id),
  person(14, 7, 'Nia Kartika', 'shelter_worker', null),
  person(15, 7, 'Budi Santo', 'shelter_worker', null),
  person(16, 8, 'Dr. Ayu Mira', 'clinician', null),
  person(17, 9, 'Ibu Melati', 'supervisor', null),
] as const satisfies readonly DemoPerson[]

/** Who of the province signs above the district office, as its administrator asked and the data protection officer confirmed. */
export const ROSTER = [
  {
    id: '9f000000-0000-4000-8000-000000000001',
    orgId: ORGANISATIONS[0].id,
    personId: PEOPLE[16].id,
    askedBy: PEOPLE[11].id,
    confirmedBy: PEOPLE[10].id,
  },
] as const

/** The numbers supervisors can be called on at work; fictional ones. */
export const WORK_PHONES = [
  { personId: PEOPLE[2].id, phone: '+62 21 555 0103' },
  { personId: PEOPLE[16].id, phone: '+62 21 555 0117' },
] as const

/** What the fictional workers say of themselves. */
export const SAID = [
  { personId: PEOPLE[0].id, languages: ['en', 'id'], gender: 'female' },
  { personId: PEOPLE[1].id, languages: ['id', 'ms'], gender: 'male' },
] as const

/** The national officer and the data protection officer, who sign the figures. */
export const SIGNERS = [PEOPLE[5], PEOPLE[10]] as const

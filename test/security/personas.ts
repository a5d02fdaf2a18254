import type { Role } from '../../src/core/access.ts'
import type { Sector } from '../../src/core/part.ts'

/** Who the tests sign in as. Offices `north` and `south` are two child-protection offices that share nothing. */
export const PERSONAS = {
  worker: persona('north', 'child_protection', 'case_worker'),
  colleague: persona('north', 'child_protection', 'case_worker'),
  supervisor: persona('north', 'child_protection', 'supervisor'),
  intake: persona('north', 'child_protection', 'intake'),
  dpo: persona('north', 'child_protection', 'dpo'),
  admin: persona('north', 'child_protection', 'admin'),
  stranger: persona('south', 'child_protection', 'case_worker'),
  stranger_supervisor: persona('south', 'child_protection', 'supervisor'),
  clinician: persona('clinic', 'health', 'clinician'),
  school: persona('school', 'education', 'school'),
  lawyer: persona('legal-aid', 'legal_aid', 'lawyer'),
  shelter_worker: persona('shelter', 'civil_society', 'shelter_worker'),
  cso_worker: persona('cso', 'civil_society', 'cso_worker'),
  court_adviser: persona('child-justice', 'child_justice', 'court_adviser'),
  auditor: persona('ombudsman', 'oversight', 'auditor'),
  judge: persona('court', 'judiciary', 'judge'),
  national_officer: persona('focal-point', 'coordination', 'national_officer'),
  police: persona('police', 'police', 'security_desk'),
  military: persona('military', 'military', 'security_desk'),
  intelligence: persona('intelligence', 'intelligence', 'security_desk'),
  counter_terrorism: persona('counter-terrorism', 'counter_terrorism', 'security_desk'),
  prosecution: persona('prosecution', 'prosecution', 'security_desk'),
  immigration: persona('immigration', 'immigration', 'security_desk'),
  prison: persona('prison', 'prison', 'security_desk'),
  interior: persona('interior', 'interior', 'security_desk'),
} as const satisfies Record<string, PersonaFacts>
export type Persona = keyof typeof PERSONAS

type PersonaFacts = { office: string; sector: Sector; role: Role }

function persona(office: string, sector: Sector, role: Role): PersonaFacts {
  return { office, sector, role }
}

export type PersonIds = { id: string; orgId: string; teamId: string; role: Role; sector: Sector }

/** Ids that are the same in every run: the harness promises a deterministic seed. */
export function idsOf(persona: Persona): PersonIds {
  const { office, sector, role } = PERSONAS[persona]
  const offices = [...new Set(Object.values(PERSONAS).map((one) => one.office))]
  const number = (n: number) => String(n + 1).padStart(12, '0')
  return {
    id: `9f000000-0000-4000-8000-${number(Object.keys(PERSONAS).indexOf(persona))}`,
    orgId: `0f000000-0000-4000-8000-${number(offices.indexOf(office))}`,
    teamId: `7f000000-0000-4000-8000-${number(offices.indexOf(office))}`,
    role,
    sector,
  }
}

/** The offices, their one team each and their people, as SQL the owner runs before the program's first start. */
export function peopleSql(): string {
  const people = (Object.keys(PERSONAS) as Persona[]).map((name) => ({ name, ...PERSONAS[name], ...idsOf(name) })) // its own keys
  const offices = new Map(people.map((one) => [one.orgId, one]))
  return [
    ...[...offices.values()].map(
      (one) =>
        `insert into organisation (id, name, sector) values ('${one.orgId}', 'Office ${one.office} (fictional)', '${one.sector}');
         insert into team (id, org_id, name) values ('${one.teamId}', '${one.orgId}', 'Team ${one.office} (fictional)');`,
    ),
    ...people.map(
      (one) =>
        `insert into app_user (id, org_id, sector, name, login, role) values ('${one.id}', '${one.orgId}', '${one.sector}', 'Persona ${one.name} (fictional)', 'persona.${one.name}', '${one.role}');
         insert into team_member (team_id, person_id, supervises) values ('${one.teamId}', '${one.id}', ${one.role === 'supervisor'});`,
    ),
  ].join('\n')
}

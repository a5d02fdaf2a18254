import { Incidents } from './Incidents.tsx'
import { ShelterDay } from './ShelterDay.tsx'

/** What this feature puts on a day: what happened in a house, and the children somebody of a house was named for. */
export function ServicesDay() {
  return (
    <>
      <Incidents />
      <ShelterDay />
    </>
  )
}

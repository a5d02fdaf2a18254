import { access } from '../features/access/screens/screens.ts'
import { allocation } from '../features/allocation/screens/screens.ts'
import { association } from '../features/association/screens/screens.ts'
import { attachments } from '../features/attachments/screens/screens.ts'
import { assessment } from '../features/assessment/screens/screens.ts'
import { bestInterests } from '../features/best-interests/screens/screens.ts'
import { care } from '../features/care/screens/screens.ts'
import { PrintFoot, PrintWatch } from '../features/cases/screens/PrintWatch.tsx'
import { cases } from '../features/cases/screens/screens.ts'
import { conference } from '../features/conference/screens/screens.ts'
import { copies } from '../features/copies/screens/screens.ts'
import { closure } from '../features/closure/screens/screens.ts'
import { family } from '../features/family/screens/screens.ts'
import { justice } from '../features/justice/screens/screens.ts'
import { notices } from '../features/notices/screens/screens.ts'
import { PhoneNotice } from '../features/phone/screens/PhoneNotice.tsx'
import { phone } from '../features/phone/screens/screens.ts'
import { referrals } from '../features/referrals/screens/screens.ts'
import { reports } from '../features/reports/screens/screens.ts'
import { services } from '../features/services/screens/screens.ts'
import { signatures } from '../features/signatures/screens/screens.ts'
import { supervision } from '../features/supervision/screens/screens.ts'
import { work } from '../features/work/screens/screens.ts'
import { upgradesOf } from '../core/upgrade.ts'
import { useDesk } from './app-context.ts'
import type { WebFeature } from './feature.ts'
import { FeaturesContext } from './features-context.ts'
import { Routes, routesOf } from './Router.tsx'
import { Screen } from './ui/Screen.tsx'
import { To } from './ui/To.tsx'

/**
 * The features of this app, one line each, in the order in which the home of a case shows them: the child's own words and the plan
 * first. Nothing of them is fetched before somebody has signed in.
 */
export const FEATURES: readonly WebFeature[] = [
  cases,
  work,
  care,
  justice,
  family,
  services,
  assessment,
  signatures,
  bestInterests,
  conference,
  supervision,
  attachments,
  referrals,
  association,
  closure,
  allocation,
  copies,
  reports,
  notices,
  phone,
  access,
]

/** How operations that lie on this device are read, also those an older program made. */
export const READERS = { layOvers: FEATURES.map((feature) => feature.layOver), upgrades: upgradesOf(FEATURES) }

const ROUTES = routesOf(FEATURES.flatMap((feature) => feature.screens))

/** The screens of all features, each at its address. */
export function Pages() {
  return (
    <FeaturesContext value={FEATURES}>
      <PrintWatch />
      <div className="not-printed">
        <PhoneNotice />
      </div>
      <Routes routes={ROUTES} none={<NoScreen />} broken={<BrokenScreen />} foot={<PrintFoot />} />
    </FeaturesContext>
  )
}

function BrokenScreen() {
  const { t } = useDesk().speech
  return (
    <Screen title={t('screen.broken')} lead={t('screen.broken_kept')} plain>
      <p>
        <To href="/" className="line">
          {t('start.home')}
        </To>
      </p>
    </Screen>
  )
}

function NoScreen() {
  const { t } = useDesk().speech
  return (
    <Screen title={t('error.not_found')} plain>
      <p>
        <To href="/" className="line">
          {t('start.home')}
        </To>
      </p>
    </Screen>
  )
}

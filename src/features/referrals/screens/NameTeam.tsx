import type { Speech } from '../../../web/language.ts'
import { Choices, OnDay, type Option, Select } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { ProveFields } from '../../../web/ui/ProveFields.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

/** What somebody can be named for on one ground, the houses whose people can be, and whether a team stands there now. */
export type Way = { option: Option; reads: string; houses: readonly House[]; isNamed: boolean }
export type House = { option: Option; people: readonly Option[] }

type Props = {
  speech: Speech
  alias: string
  /** What stands in the way of naming anybody, as a sentence. */
  problem: string | null
  ways: readonly Way[]
  /** Whoever signed in with a password proves it here. */
  asksProof: boolean
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Names who beside the worker may read: for what, on which yes, people of one house, until a day. */
export function NameTeam({ speech, alias, problem, ways, asksProof, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('referrals.team_title', { alias })} lead={t('referrals.team_lead')}>
      {problem === null ? (
        <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
          {(values) => {
            const way = ways.find(({ option }) => option.value === one(values, 'way'))
            const house = way?.houses.find(({ option }) => option.value === one(values, 'house'))
            return (
              <>
                <Select
                  name="way"
                  label={t('referrals.team_way')}
                  options={ways.map(({ option }) => option)}
                  empty={t('field.choose')}
                  required
                />
                {way !== undefined && (
                  <>
                    <p className="small">{way.reads}</p>
                    <Select
                      name="house"
                      label={t('referrals.team_house')}
                      options={way.houses.map(({ option }) => option)}
                      empty={t(way.isNamed ? 'referrals.team_nobody' : 'field.choose')}
                      required={!way.isNamed}
                    />
                  </>
                )}
                {house !== undefined && (
                  <>
                    <Choices
                      name="people"
                      label={t('referrals.team_people')}
                      hint={t('referrals.team_people_hint')}
                      required
                      options={house.people}
                    />
                    <OnDay
                      name="endsOn"
                      label={t('referrals.team_ends')}
                      hint={t('referrals.team_ends_hint')}
                      required
                    />
                    {asksProof && <ProveFields speech={speech} />}
                  </>
                )}
              </>
            )
          }}
        </Form>
      ) : (
        <Notice>{problem}</Notice>
      )}
    </Screen>
  )
}

import { sql } from 'kysely'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { DECISION } from './referral-store.ts'

/**
 * Letters nobody answered by their day or about which something was asked back, reasons without consent that run out, and who reads
 * beside a worker to whom a case came: what `screens/tasks.ts` says of one case.
 */
export const dueAgreements: SaysDue = () => sql`
  select m.id as case_id, case when l.answer = 'asked' then l.answered_at + interval '1 day' else ${lastMomentOf('r.answer_by')} end as due_at
    from mine m join referral r on r.case_id = m.id
    left join lateral (
      select given.answer, given.answered_at from (
        select a.answer, a.answered_at from referral_answer a where a.referral_id = r.id
        union all select k.answer, k.answered_at from letter_link k where k.referral_id = r.id and k.answer is not null) given
       order by given.answered_at desc limit 1) l on true
   where (l.answer is null or l.answer = 'asked')
     and not exists (select from consent_withdrawal w where w.consent_id = r.consent_id)
  union all
  select m.id, o.over_at - interval '2 milliseconds' from mine m join lawful_basis b on b.case_id = m.id
    cross join lateral (select (((b.decided_at at time zone m.zone)::date + 91)::timestamp at time zone m.zone) as over_at) o
   where ${DECISION} is not distinct from 'signed' and o.over_at + interval '30 days' > (select kembali.now())
     and not exists (select from consent_record n where n.case_id = m.id and n.purpose = b.purpose
                        and n.recipient is not distinct from b.recipient and n.asked_at > b.decided_at)
     and not exists (select from lawful_basis n where n.case_id = m.id and n.purpose = b.purpose
                        and n.recipient = b.recipient and n.decided_at > b.decided_at)
  union all
  select t.case_id, t.handed_on_at + interval '1 day' from (
    select distinct on (n.case_id, n.purpose, coalesce(n.consent_id, n.basis_id)) n.* from mine m join care_team n on n.case_id = m.id
     order by n.case_id, n.purpose, coalesce(n.consent_id, n.basis_id), n.named_at desc) t
   where t.handed_on_at is not null and not exists (select from consent_withdrawal w where w.consent_id = t.consent_id)
     and (select kembali.now()) < t.handed_on_at + case when cardinality(t.people) > 0 then interval '3 days' else interval '14 days' end`

-- 0219_a_proposal_runs_out.sql: what one person proposed about another and nobody confirmed waited for ever, and could be confirmed
-- when nobody remembered why. It ends after fourteen days, of the roster with its last day, and whoever proposed it is told.
alter table appointment drop constraint appointment_decision_check;
alter table appointment add constraint appointment_decision_check check (decision in ('confirmed', 'declined', 'ran_out'));
-- When whoever proposed it has read that it ran out.
alter table appointment add column seen_at timestamptz;

create function kembali.proposal_over_at(of_proposed timestamptz, of_until date) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select least(of_proposed + interval '14 days', kembali.end_of_day(of_until))
$$;
grant execute on function kembali.proposal_over_at(timestamptz, date) to k_app;

-- Ends what ran out, each with its line among the changes.
create function kembali.end_proposals(of_request text) returns integer language plpgsql security definer set search_path = '' as $$
declare
  a record;
  ended integer := 0;
begin
  for a in update public.appointment set decided_at = kembali.now(), decision = 'ran_out'
            where decided_at is null and kembali.proposal_over_at(proposed_at, until_on) <= kembali.now() returning * loop
    perform kembali.people_changed('ran_out_' || a.kind, a.person_id, a.org_id, a.team_id, a.role, of_request);
    ended := ended + 1;
  end loop;
  return ended;
end $$;
revoke execute on function kembali.end_proposals(text) from public;
grant execute on function kembali.end_proposals(text) to k_clock;

-- As before (0197) otherwise: nobody confirms what ran out, also before the clock has come by; whoever proposed it puts it away.
create or replace function kembali.appointment_decide(of_id uuid, of_confirm boolean, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['admin', 'dpo']);
  a record;
  outcome text;
begin
  if problem is not null then return problem; end if;
  update public.appointment set seen_at = kembali.now()
   where id = of_id and decision = 'ran_out' and seen_at is null and proposed_by = kembali.actor() and not of_confirm;
  if found then return 'done'; end if;
  select * into a from public.appointment where id = of_id and decided_at is null for update;
  if not found then return 'not_found'; end if;
  if of_confirm then
    if kembali.actor() in (a.proposed_by, a.person_id) then return 'needs_another_person'; end if;
    if kembali.proposal_over_at(a.proposed_at, a.until_on) <= kembali.now() then return 'proposal_over'; end if;
    outcome := case a.kind when 'role' then kembali.apply_role(a.person_id, a.role, of_request)
      when 'supervise' then kembali.apply_member(a.person_id, a.team_id, true, of_request)
      when 'roster' then kembali.apply_roster(a.id, of_request)
      else kembali.apply_end(a.person_id, of_request) end;
    if outcome <> 'done' then return outcome; end if;
  end if;
  update public.appointment set decided_by = kembali.actor(), decided_at = kembali.now(),
    decision = case when of_confirm then 'confirmed' else 'declined' end where id = of_id;
  perform kembali.people_changed(case when of_confirm then 'confirm_' else 'decline_' end || a.kind, a.person_id, a.org_id, a.team_id, a.role, of_request);
  return 'done';
end $$;

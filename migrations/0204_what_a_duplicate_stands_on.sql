-- 0204_what_a_duplicate_stands_on.sql: what stands in the way of signing that a file is one too many (decision 0056), told before the
-- database would refuse it: no other file goes on; or one person said it of both, and whoever signs does not read both.
alter table family_link add column answered_by uuid references app_user;

-- As before (0114), with who answered.
create or replace function kembali.answer_family_link(of_row uuid, of_decision text) returns void
language plpgsql security definer set search_path = '' as $$
declare l record;
begin
  select * into l from public.family_link f where f.id = of_row and f.side = 'was_asked' and f.state = 'waiting' for update;
  if not found or not kembali.may_write_family(l.case_id) then raise insufficient_privilege; end if;
  if of_decision = 'agreed' and kembali.link_is_circular(of_row) then raise check_violation; end if;
  update public.family_link f set state = of_decision, answered_at = kembali.now(), answered_by = kembali.actor(), xid = pg_catalog.pg_current_xact_id()
   where f.pair_id = l.pair_id and (f.id = l.id or of_decision = 'agreed');
end $$;

-- The files that may go on are those of `must_go_on_elsewhere` (0186). Of a link from before it is not known who answered: there it counts
-- whether one person carries both. A stand-in who was called reads the one request and no file, and is not among those who read both.
create function kembali.duplicate_fault(of_case uuid) returns text language sql stable security definer set search_path = '' as $$
  with going_on as (
    select coalesce(l.answered_by = l.asked_by, c.worker_id = (select o.worker_id from public.child_case o where o.id = of_case)) as one_hand,
           exists (select from public.access a where a.actor = kembali.actor() and a.case_id = c.id and a.part = 'case' and a.basis = 'supervision'
             and a.basis_id = c.team_id and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) as read_by_me
      from public.family_link l join public.child_case c on c.id = l.other_case
     where l.case_id = of_case and l.relation = 'same_child' and l.state in ('agreed', 'ended')
       and (c.state = 'open' or (c.closed_for <> 'duplicate' and exists (select from public.case_reopening r where r.case_id = of_case))))
  select case when not exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
                and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) then null
              when not exists (select from going_on) then 'without_file'
              when not exists (select from going_on where not one_hand or read_by_me) then 'one_hand' end
$$;
revoke execute on function kembali.duplicate_fault(uuid) from public;
grant execute on function kembali.duplicate_fault(uuid) to k_app;

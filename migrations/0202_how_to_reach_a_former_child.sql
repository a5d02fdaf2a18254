-- 0202_how_to_reach_a_former_child.sql: how a child may be reached safely after a closing lies apart (part `services`): whoever carries the
-- case reads it, and whoever supervises her team. Nobody who works beside her, was given the part, or was called to sign.
create table safe_way (
  -- Of the closing, or of what was asked.
  id      uuid primary key,
  case_id uuid not null references child_case,
  body    bytea not null
);
create index safe_way_case on safe_way (case_id);
alter table safe_way enable row level security;
alter table safe_way force row level security;
create policy safe_way_owner on safe_way to k_owner using (true) with check (true);
create policy safe_way_read on safe_way for select to k_app using (exists (
  select from access a join child_case c on c.id = a.case_id
   where a.actor = (select kembali.actor()) and a.case_id = safe_way.case_id and a.part = 'services'
     and (a.basis = 'membership' and c.worker_id = a.actor or a.basis = 'supervision' and a.basis_id = c.team_id)
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy safe_way_make on safe_way for insert to k_app with check (exists (
  select from access a join child_case c on c.id = a.case_id
   where a.actor = (select kembali.actor()) and a.case_id = safe_way.case_id and a.part = 'services'
     and (a.basis = 'membership' and c.worker_id = a.actor or a.basis = 'supervision' and a.basis_id = c.team_id)
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on safe_way to k_app;
select kembali.hide_from_a_shift('safe_way');

-- What was written before lies in the closing and the request: the server says it to the same people alone.
create function kembali.knows_safe_ways(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.access a join public.child_case c on c.id = a.case_id
   where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
     and (a.basis = 'membership' and c.worker_id = a.actor or a.basis = 'supervision' and a.basis_id = c.team_id)
     and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
revoke execute on function kembali.knows_safe_ways(uuid) from public;
grant execute on function kembali.knows_safe_ways(uuid) to k_app;

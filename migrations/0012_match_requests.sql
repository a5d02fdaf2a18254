-- 0012_match_requests.sql: whether a child may be known already, asked without an oracle (security.md 2.6).
-- The asker always gets the same answer; a job that sees no word compares 12-bit buckets of compounds, and only the
-- keepers of a file that may be the same child are told. No bucket stands for a single name.
delete from match_request;
alter table match_request
  add column key_id      bytea not null check (length(key_id) = 16),
  add column epoch       text not null,
  -- A key of its own: the keeper of another file reads the request, never the asker's file.
  add column wrapped     bytea not null,
  add column a           integer[] not null,
  add column b           integer[] not null,
  add column c           integer[] not null,
  add column compared_at timestamptz;
create index match_request_new on match_request (made_at) where compared_at is null;

create table match_index (
  case_id  uuid not null references child_case,
  compound text not null check (compound in ('a', 'b', 'c')),
  bucket   integer not null check (bucket between 0 and 4095),
  primary key (case_id, compound)
);
create index match_index_bucket on match_index (compound, bucket) include (case_id);
alter table match_index enable row level security;
alter table match_index force row level security;
-- Nobody reads the index: it is written through the function below and compared by the job's.
create policy match_index_owner on match_index to k_owner using (true) with check (true);

-- Puts a file's buckets in the place of the ones before; null where the file says too little for that compound.
create function kembali.match_index_put(of_case uuid, of_a integer, of_b integer, of_c integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from public.access x where x.actor = kembali.actor() and x.case_id = of_case and x.part = 'identity'
     and x.level = 'write' and x.ends_at > kembali.now() and x.basis = any (kembali.bases())) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  delete from public.match_index where case_id = of_case;
  insert into public.match_index (case_id, compound, bucket)
  select of_case, v.compound, v.bucket from (values ('a', of_a), ('b', of_b), ('c', of_c)) as v (compound, bucket) where v.bucket is not null;
end $$;

-- A file that may be of the same child, for those who keep it.
create table match_hit (
  id         uuid primary key default gen_random_uuid(),
  case_id    uuid not null references child_case,
  request_id uuid not null references match_request on delete cascade,
  made_at    timestamptz not null default kembali.now(),
  due_at     timestamptz not null default kembali.now() + interval '72 hours',
  state      text not null default 'waiting' check (state in ('waiting', 'make_contact', 'not_the_same')),
  settled_at timestamptz,
  settled_by uuid references app_user,
  -- So that a device hears of a row that no operation made.
  xid        xid8 not null default pg_current_xact_id(),
  unique (case_id, request_id),
  check ((state = 'waiting') = (settled_at is null))
);
create index match_hit_request on match_hit (request_id);
alter table match_hit enable row level security;
alter table match_hit force row level security;
create policy match_hit_owner on match_hit to k_owner using (true) with check (true);
create policy match_hit_read on match_hit for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = match_hit.case_id
     and a.part = 'identity' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Whoever carries the file decides, or whoever supervises it.
create policy match_hit_settle on match_hit for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = match_hit.case_id
     and a.part = 'case' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select on match_hit to k_app;
grant update (state, settled_at, settled_by) on match_hit to k_app;

-- The request itself, for those it was passed on to: what they need to compare, never whose file it came from.
create policy match_request_read on match_request for select to k_app using (exists (
  select from match_hit h where h.request_id = match_request.id));
grant select (id, made_at, key_id, epoch, wrapped, body) on match_request to k_app;

-- Who asked: the office at once, the person when the keeper has decided to make contact.
create function kembali.match_asker(of_hit uuid) returns table (organisation text, name text)
language sql stable security definer set search_path = '' as $$
  select o.name, case when h.state = 'make_contact' then u.name end
    from public.match_hit h join public.match_request r on r.id = h.request_id
    join public.app_user u on u.id = r.person_id join public.organisation o on o.id = u.org_id
   where h.id = of_hit and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = h.case_id
     and a.part = 'identity' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;

-- Compares requests nobody has compared yet and tells the keepers; answers the files found, for the ledger.
create function kembali.compare_match_requests() returns table (found_case uuid)
language plpgsql security definer set search_path = '' as $$
declare r record;
begin
  for r in select q.id, q.case_id, q.a, q.b, q.c from public.match_request q
            where q.compared_at is null order by q.made_at limit 200 for update skip locked loop
    return query
    with agreeing as (
      select i.case_id from (
        select case_id from public.match_index where compound = 'a' and bucket = any (r.a)
        union all select case_id from public.match_index where compound = 'b' and bucket = any (r.b)
        union all select case_id from public.match_index where compound = 'c' and bucket = any (r.c)) i
       where i.case_id <> r.case_id group by i.case_id having count(*) >= 2 order by count(*) desc, i.case_id limit 20
    ), made as (
      insert into public.match_hit (case_id, request_id) select case_id, r.id from agreeing on conflict do nothing
      returning id, case_id, due_at
    ), told as (
      insert into public.notice (person_id, case_id, about, stage, due_at)
      select distinct p.person_id, p.case_id, 'match|' || p.id, 'due_soon', p.due_at from (
        select c.worker_id as person_id, m.case_id, m.id, m.due_at from made m join public.child_case c on c.id = m.case_id and c.state = 'open'
        union select t.person_id, m.case_id, m.id, m.due_at from made m join public.child_case c on c.id = m.case_id
          join public.team_member t on t.team_id = c.team_id and t.supervises and t.ended_at is null) p
      on conflict do nothing
    ) select m.case_id from made m;
    update public.match_request set compared_at = kembali.now() where id = r.id;
  end loop;
end $$;

-- After 30 days a request is gone, with what came of it (security.md 7.1). Answers how many.
create function kembali.forget_match_requests() returns integer language plpgsql security definer set search_path = '' as $$
declare gone integer;
begin
  delete from public.notice n using public.match_hit h join public.match_request r on r.id = h.request_id
   where n.about = 'match|' || h.id and r.made_at < kembali.now() - interval '30 days';
  delete from public.match_request where made_at < kembali.now() - interval '30 days';
  get diagnostics gone = row_count;
  return gone;
end $$;

grant execute on function kembali.match_index_put(uuid, integer, integer, integer), kembali.match_asker(uuid) to k_app;
grant execute on function kembali.compare_match_requests(), kembali.forget_match_requests() to k_clock;
grant execute on function kembali.audit_append(text, bytea, text, text, text, text, integer, text, bytea) to k_clock;

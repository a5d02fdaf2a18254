-- 0061_association.sql: what a child told of how it came to a group (part `association`), and what must stand before it is
-- asked while authorities deal with the child. The only clear columns are moments and a language: what was told, and that
-- it was this and not that, is in `body`. A row is also written for a child of whom nothing of the kind is so.
create table association_ready (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  told_at    timestamptz not null,
  language   text not null,
  written_by uuid not null references app_user,
  body       bytea not null
);
create index association_ready_case on association_ready (case_id);
create table association_record (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  told_at    timestamptz not null,
  corrects   uuid,
  written_by uuid not null references app_user,
  body       bytea not null,
  unique (id, case_id),
  foreign key (corrects, case_id) references association_record (id, case_id)
);
create index association_record_case on association_record (case_id, told_at);

-- Whether it may be asked now. A contact is open until a release or a handover after it; one that a later account corrects
-- no longer counts. For each open contact the child must have been told why, with a lawyer there, after it began.
create function kembali.association_may_be_asked(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select from public.justice_contact j
     where j.case_id = of_case and j.kind not in ('release', 'handover')
       and not exists (select from public.justice_contact x where x.corrects = j.id)
       and not exists (select from public.justice_contact r
                        where r.case_id = of_case and r.kind in ('release', 'handover') and r.started_at >= j.started_at
                          and not exists (select from public.justice_contact x where x.corrects = r.id))
       and not exists (select from public.association_ready p where p.case_id = of_case and p.told_at >= j.started_at))
$$;
grant execute on function kembali.association_may_be_asked(uuid) to k_app;

do $$
declare name text;
begin
  foreach name in array array['association_ready', 'association_record'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'association' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (written_by = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'association' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
-- The rule of the screen, said by the database once more.
create policy association_record_lawyer on association_record as restrictive for insert to k_app
  with check (kembali.association_may_be_asked(case_id));

-- 0091_supervision.sql: what a supervisor and a worker talked about, and files a supervisor looks at every month.
-- A note of a talk is in no part of a file that colleagues open: its policy names the two people, and whoever supervises the
-- case. A file review is part `case`: it speaks of work on a file, holds no number, and whoever may open the file reads it.
create table supervision_note (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  with_id    uuid not null references app_user,
  held_on    date not null,
  next_on    date check (next_on > held_on),
  written_by uuid not null references app_user,
  body       bytea not null,
  constraint not_with_oneself check (with_id <> written_by)
);
create index supervision_note_case on supervision_note (case_id, held_on);
create index supervision_note_with on supervision_note (with_id, held_on);

create table file_review (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  month        date not null check (extract(day from month) = 1),
  put_right_by date,
  reviewed_by  uuid not null references app_user,
  body         bytea not null,
  unique (id, case_id),
  -- Each file once a month, whoever looks at it.
  unique (case_id, month)
);

create table file_put_right (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  review_id uuid not null unique,
  done_by   uuid not null references app_user,
  body      bytea not null,
  foreign key (review_id, case_id) references file_review (id, case_id)
);
create index file_put_right_case on file_put_right (case_id);

do $$
declare name text;
begin
  foreach name in array array['supervision_note', 'file_review', 'file_put_right'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
  foreach name in array array['file_review', 'file_put_right'] loop
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
  end loop;
end $$;

-- The worker it was with, who wrote it, and whoever supervises the team of the case; each only while she may open the file.
create policy supervision_note_read on supervision_note for select to k_app using (
  (with_id = (select kembali.actor()) or written_by = (select kembali.actor())
   or exists (select from child_case c join team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
               where c.id = supervision_note.case_id and m.person_id = (select kembali.actor())))
  and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = supervision_note.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- A supervisor of the case, in her own name.
create policy supervision_note_make on supervision_note for insert to k_app with check (
  written_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = supervision_note.case_id and a.part = 'case'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy file_review_make on file_review for insert to k_app with check (
  reviewed_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = file_review.case_id and a.part = 'case'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy file_put_right_make on file_put_right for insert to k_app with check (
  done_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = file_put_right.case_id and a.part = 'case' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));

-- The sample of a month: the first few files of the asker's teams in an order that the month alone decides, so that whoever
-- asks again gets the same ones and nobody can choose. Files that were open on its first day, or had ended two years before
-- it at most; what kind of child one is about plays no part.
create function kembali.file_sample(of_month date, how_many integer)
returns table (case_id uuid, alias text, closed_at timestamptz, worker_name text)
language sql stable security definer set search_path = '' as $$
  select c.id, c.alias, c.closed_at, w.name
    from public.child_case c left join public.app_user w on w.id = c.worker_id
   where c.opened_at < of_month and (c.closed_at is null or c.closed_at >= of_month - interval '2 years')
     and exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = kembali.actor()
                    and m.supervises and m.ended_at is null)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = c.id and a.part = 'case'
                    and a.basis = 'supervision' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   order by sha256(convert_to(of_month::text || c.id::text, 'UTF8')) limit how_many
$$;

-- Whom a supervisor may talk with about a case: the people of its team and whoever is on it.
create function kembali.talk_people(of_case uuid) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name from public.child_case c join public.app_user u on u.ended_at is null and u.id <> kembali.actor()
   where c.id = of_case
     and (exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = u.id and m.ended_at is null)
       or exists (select from public.case_team t where t.case_id = c.id and t.person_id = u.id and t.ends_at > kembali.now()))
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = c.id and a.part = 'case'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
revoke execute on function kembali.file_sample(date, integer), kembali.talk_people(uuid) from public;
grant execute on function kembali.file_sample(date, integer), kembali.talk_people(uuid) to k_app;

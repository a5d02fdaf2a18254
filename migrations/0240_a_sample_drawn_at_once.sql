-- 0240_a_sample_drawn_at_once.sql: the files a month draws (0091). What a supervisor may read is looked up once, not once a file, and names
-- are looked for after the draw; in PL/pgSQL the plan is kept. The same files in the same order.
create or replace function kembali.file_sample(of_month date, how_many integer)
returns table (case_id uuid, alias text, closed_at timestamptz, worker_name text)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
  with drawn as (
    select c.id, c.alias, c.closed_at, c.worker_id, sha256(convert_to(of_month::text || c.id::text, 'UTF8')) as lot
      from public.child_case c
     where c.opened_at < of_month and (c.closed_at is null or c.closed_at >= of_month - interval '2 years')
       and c.team_id = any (array(select m.team_id from public.team_member m
             where m.person_id = kembali.actor() and m.supervises and m.ended_at is null))
       and (c.id in (select a.case_id from public.access a where a.actor = (select kembali.actor()) and a.part = 'case'
             and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))) is true
     order by lot limit how_many)
  select d.id, d.alias, d.closed_at, w.name from drawn d left join public.app_user w on w.id = d.worker_id order by d.lot;
end $$;

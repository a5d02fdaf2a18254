-- 0040_new_role_new_rights.sql: what a person may open she may as who she was. With another role, or in another office,
-- she keeps no file: a worker who is made administrator would else go on reading, and a colleague who moved on as well.
create or replace function kembali.on_person_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.ended_at is distinct from old.ended_at and new.ended_at is not null then
    update public.case_team set ends_at = least(ends_at, new.ended_at) where person_id = new.id;
    delete from public.access where actor = new.id;
  elsif new.role <> old.role or new.org_id <> old.org_id then
    -- Their own triggers write `access` anew.
    update public.case_team set ends_at = kembali.now() where person_id = new.id and ends_at > kembali.now();
    update public.sharing_grant set revoked_at = kembali.now() where person_id = new.id and revoked_at is null;
    perform kembali.refresh_access(c.id) from public.child_case c join public.team_member t on t.team_id = c.team_id where t.person_id = new.id;
  end if;
  return null;
end $$;

-- Whoever changed before this stood here.
update case_team m set ends_at = kembali.now()
  from app_user u where u.id = m.person_id and u.role <> m.role and m.ends_at > kembali.now();

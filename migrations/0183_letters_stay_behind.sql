-- 0183_letters_stay_behind.sql: a one-time link was given by the office a case leaves. It ends in the same breath as everything else that
-- office had let in, and its row says that a letter was out, so that the new worker gives another one or lets it be.
alter table letter_link add column handed_on_at timestamptz;
grant select (handed_on_at) on letter_link to k_app;

create function kembali.leave_letters_behind() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.letter_link set ended_at = kembali.now(), ended_why = 'ended', body = null, xid = pg_current_xact_id(),
      handed_on_at = case when ends_at > kembali.now() then kembali.now() end
   where case_id = new.id and ended_at is null;
  return null;
end $$;
create trigger child_case_leaves_letters after update of org_id on child_case for each row
  when (new.org_id is distinct from old.org_id) execute function kembali.leave_letters_behind();

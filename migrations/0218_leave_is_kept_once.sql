-- 0218_leave_is_kept_once.sql: two entries of one person's leave sent in the same moment each missed the other, and stood side by side.
-- The second waits for the first and is refused. After the row, and so after its policy: whoever may not keep it learns nothing here.
create function kembali.on_leave() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('staff_leave|' || new.person_id, 0));
  if exists (select from public.staff_leave l where l.person_id = new.person_id and l.id <> new.id
       and l.from_on <= new.until_on and l.until_on >= new.from_on) then
    raise exception 'these days are kept already' using errcode = '23P01';
  end if;
  return null;
end $$;
create trigger staff_leave_once after insert on staff_leave for each row execute function kembali.on_leave();

-- 0098_attachments.sql: photos, papers and voice notes of a case, each in one of its parts. What a file is and says lies
-- sealed: its words and its own key under the key of the part, and its pieces under the file's own key, bound to file, stage,
-- place and count. In the clear stand only what kind of thing it is, how large, and how far it has come.
create table case_attachment (
  id       uuid primary key,
  case_id  uuid not null references child_case,
  op_id    uuid not null,
  part     text not null check (part in ('identity', 'family', 'narrative', 'services', 'justice', 'legal')),
  kind     text not null check (kind in ('photo', 'document', 'voice')),
  added_by uuid not null references app_user,
  added_at timestamptz not null,
  -- As it is on its way: announced with this size, so that whoever sends it knows what is missing.
  sent_bytes integer not null check (sent_bytes between 1 and 15728640),
  -- As it is kept, once it was looked at: what it is by its content, and its size without what was taken out of it.
  type     text check (type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'audio/webm', 'audio/ogg', 'audio/mp4')),
  bytes    integer check (bytes > 0),
  state    text not null default 'coming' check (state in ('coming', 'waiting', 'ready', 'refused')),
  scan     text check (scan in ('clean', 'not_scanned')),
  why      text check (why in ('damaged', 'unknown_type', 'other_type', 'too_many_pixels', 'unreadable_image', 'locked_pdf', 'active_pdf', 'stubborn_pdf', 'infected')),
  body     bytea not null,
  file_key bytea not null,
  unique (id, case_id, part),
  constraint readable_when_looked_at check (state not in ('waiting', 'ready') or (type is not null and bytes is not null)),
  constraint readable_when_scanned check ((state = 'ready') = (scan is not null)),
  constraint refused_with_reason check ((state = 'refused') = (why is not null))
);
create index case_attachment_case on case_attachment (case_id, added_at);

create table attachment_chunk (
  attachment_id uuid not null,
  case_id       uuid not null,
  part          text not null,
  stage         text not null check (stage in ('sent', 'kept')),
  place         integer not null check (place between 0 and 63),
  body          bytea not null,
  primary key (attachment_id, stage, place),
  foreign key (attachment_id, case_id, part) references case_attachment (id, case_id, part)
);
create index attachment_chunk_case on attachment_chunk (case_id);

do $$
declare name text;
begin
  foreach name in array array['case_attachment', 'attachment_chunk'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %I.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %I.part and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
-- Nobody adds a file in another person's name.
create policy case_attachment_author on case_attachment as restrictive for insert to k_app with check (
  added_by = (select kembali.actor()) and state = 'coming');
-- How far it has come; never whose it is, what it says, or its key.
create policy case_attachment_goes_on on case_attachment for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_attachment.case_id and a.part = case_attachment.part
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update (type, bytes, state, scan, why) on case_attachment to k_app;
-- Pieces as they were sent go once the file is kept without what was taken out of it, or refused; kept ones only where it is refused.
create policy attachment_chunk_done on attachment_chunk for delete to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = attachment_chunk.case_id and a.part = attachment_chunk.part
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and (stage = 'sent' or exists (
    select from case_attachment f where f.id = attachment_chunk.attachment_id and f.state <> 'ready')));
grant delete on attachment_chunk to k_app;

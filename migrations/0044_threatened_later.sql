-- 0044_threatened_later.sql: a child may be threatened from one day to the next. What a device was given before is sent anew,
-- without the names, so that it forgets them (security.md 5).
alter table device_pack add column named boolean not null default true;

-- 0045_lost_answers.sql: an answer to a device may be lost on its way. What it gave counts as held, and what it told the device
-- to forget as forgotten, only when a cursor of that answer or a later one comes back; until then the same is said again.
alter table device_pack
  -- The answer in which this was given or taken away; null: in none that a cursor could confirm.
  add column given_in bigint default 0,
  -- Access has ended: what is to be forgotten is said until it is confirmed, and then this row goes.
  add column gone boolean not null default false,
  -- Names were given before, and no cursor has confirmed that they are forgotten.
  add column was_named boolean not null default false;
grant update (visit, named, given_in, gone, was_named) on device_pack to k_app;

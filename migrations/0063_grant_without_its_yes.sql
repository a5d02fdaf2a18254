-- 0063_grant_without_its_yes.sql: retention may erase part `services`, and with it a yes, before the grant that rested on it:
-- an ended grant then stands without it, instead of keeping what is due from being erased.
alter table sharing_grant drop constraint sharing_grant_consent_id_fkey;
alter table sharing_grant add constraint sharing_grant_consent_id_fkey
  foreign key (consent_id) references consent_record on delete set null;

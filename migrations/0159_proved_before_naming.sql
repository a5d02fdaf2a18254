-- 0159_proved_before_naming.sql: who beside the worker may read is named by somebody who has just proved that it is she
-- (security.md 4): a screen left open, or a stolen session, opens no file to anybody. Ending asks nothing.
create policy care_team_proved on care_team as restrictive for insert to k_app
  with check (cardinality(people) = 0 or (select kembali.is_fresh()));

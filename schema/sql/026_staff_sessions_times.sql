-- When a session began and was last used, for the list that its owner sees. The role is the account's alone: it stands in
-- one place, so that no session can keep another.
ALTER TABLE staff_sessions
  ADD COLUMN IF NOT EXISTS created   BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS last_seen BIGINT NOT NULL DEFAULT 0,
  ADD KEY IF NOT EXISTS login (login),
  DROP COLUMN IF EXISTS role;

-- How many times the voter's ballot counts; the registrar's program needs it to make the voter's credential.
ALTER TABLE voters
  ADD COLUMN IF NOT EXISTS weight INT UNSIGNED NOT NULL DEFAULT 1;

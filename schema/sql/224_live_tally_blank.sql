-- Blank votes, where the question allows them, with their count once it is public.
ALTER TABLE live_tally_contests
  ADD COLUMN IF NOT EXISTS blank TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS blank_count BIGINT UNSIGNED NULL;

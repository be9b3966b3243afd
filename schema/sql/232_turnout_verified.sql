-- Voters who showed their right to vote, beside those who voted; and a place's rank in the draft, which may be revised
-- (NULL: it is no longer in the draft), while its position stays.
ALTER TABLE turnout_places
  ADD COLUMN IF NOT EXISTS verified BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS draft_rank INT UNSIGNED NULL;
ALTER TABLE turnout_hours ADD COLUMN IF NOT EXISTS verified BIGINT UNSIGNED NOT NULL DEFAULT 0;

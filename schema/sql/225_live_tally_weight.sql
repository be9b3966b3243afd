-- What the ballots that count weigh together: of the counts that are public, and of the computed tally.
ALTER TABLE live_tally
  ADD COLUMN IF NOT EXISTS weight BIGINT UNSIGNED NULL,
  ADD COLUMN IF NOT EXISTS final_weight BIGINT UNSIGNED NULL;

-- Projection: the counts that are public and what they stand for.
CREATE TABLE IF NOT EXISTS live_tally (
  ledger_id INT UNSIGNED     NOT NULL,
  status    TINYINT UNSIGNED NOT NULL,  -- 0 none, 1 sealed, 2 preliminary, 3 tallied, 4 certified
  last_cast BIGINT UNSIGNED  NULL,      -- seq of the last ballot
  ballots   BIGINT UNSIGNED  NOT NULL,  -- accepted so far
  voters    BIGINT UNSIGNED  NOT NULL,  -- with a ballot so far
  through   BIGINT UNSIGNED  NULL,      -- seq of the last ballot in the counts
  accepted  BIGINT UNSIGNED  NOT NULL,  -- ballots up to it
  counted   BIGINT UNSIGNED  NOT NULL,  -- of them, one a voter
  PRIMARY KEY (ledger_id)
) ENGINE=InnoDB;

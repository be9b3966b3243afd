-- Projection: the candidates, in the draft's order, with the counts that are public.
CREATE TABLE IF NOT EXISTS live_tally_candidates (
  ledger_id INT UNSIGNED    NOT NULL,
  contest   INT UNSIGNED    NOT NULL,
  answer    INT UNSIGNED    NOT NULL,
  number    INT UNSIGNED    NOT NULL,
  name      VARCHAR(200)    CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  count     BIGINT UNSIGNED NULL,
  PRIMARY KEY (ledger_id, contest, answer)
) ENGINE=InnoDB;

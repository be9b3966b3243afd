-- Projection: the questions, in the draft's order.
CREATE TABLE IF NOT EXISTS live_tally_contests (
  ledger_id INT UNSIGNED NOT NULL,
  contest   INT UNSIGNED NOT NULL,
  question  VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (ledger_id, contest)
) ENGINE=InnoDB;

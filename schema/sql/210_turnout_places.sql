-- Projection: polling places in the draft's order.
CREATE TABLE IF NOT EXISTS turnout_places (
  ledger_id INT UNSIGNED    NOT NULL,
  position  INT UNSIGNED    NOT NULL,
  place     VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  name      VARCHAR(200)    CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  voters    BIGINT UNSIGNED NOT NULL,  -- on the roll
  voted     BIGINT UNSIGNED NOT NULL,  -- of them, with a ballot
  PRIMARY KEY (ledger_id, position)
) ENGINE=InnoDB;

-- Projection: how far the election is, and the pace of its entries while voting is open.
CREATE TABLE IF NOT EXISTS turnout_ledgers (
  ledger_id     INT UNSIGNED     NOT NULL,
  stage         TINYINT UNSIGNED NOT NULL,  -- 0 draft, 1 sealed, 2 open, 3 over
  at_places     TINYINT UNSIGNED NOT NULL,  -- 1: nobody votes without having been marked as present
  last_time     BIGINT           NOT NULL,  -- of the last entry, milliseconds since 1970, UTC
  pauses        BIGINT UNSIGNED  NOT NULL,  -- between entries, since voting opened
  usual_pause   BIGINT UNSIGNED  NOT NULL,  -- milliseconds
  same_time     BIGINT UNSIGNED  NOT NULL,  -- voters' entries in a row that have the last one's time
  PRIMARY KEY (ledger_id)
) ENGINE=InnoDB;

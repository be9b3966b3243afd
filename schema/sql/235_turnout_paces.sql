-- Projection: the pace of ballots at each place.
CREATE TABLE IF NOT EXISTS turnout_paces (
  ledger_id INT UNSIGNED    NOT NULL,
  position  INT UNSIGNED    NOT NULL,  -- of the place in turnout_places
  minute    BIGINT          NOT NULL,  -- start of the last minute with a ballot, milliseconds since 1970, UTC
  ballots   BIGINT UNSIGNED NOT NULL,  -- in it
  minutes   BIGINT UNSIGNED NOT NULL,  -- with a ballot, before it
  earlier   BIGINT UNSIGNED NOT NULL,  -- ballots in those
  PRIMARY KEY (ledger_id, position)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS staff_sessions (
  token_hash BINARY(32)   NOT NULL,  -- SHA-256 of the cookie's token, which is stored nowhere
  login      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  role       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  csrf_token VARCHAR(100) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  expires    BIGINT       NOT NULL,  -- milliseconds since 1970, UTC
  PRIMARY KEY (token_hash),
  KEY expires (expires)
) ENGINE=InnoDB;

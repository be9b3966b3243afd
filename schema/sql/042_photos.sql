-- Pictures of candidates, by the SHA-256 that the draft names them by. Public, and the same for every election.
CREATE TABLE IF NOT EXISTS photos (
  hash    BINARY(32)  NOT NULL,
  type    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,  -- image/jpeg, image/png, image/webp
  content MEDIUMBLOB  NOT NULL,  -- at most 400 KB
  PRIMARY KEY (hash)
) ENGINE=InnoDB;

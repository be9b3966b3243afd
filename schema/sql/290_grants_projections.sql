-- What is derived from the entries the service may also throw away, to build it again.
GRANT SELECT, INSERT, UPDATE, DELETE ON bulletin_board        TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_places        TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_hours         TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_credentials   TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON live_tally            TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON live_tally_contests   TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON live_tally_candidates TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON live_tally_voters     TO 'suara_service'@'localhost';

GRANT SELECT, INSERT, DELETE ON voter_changes TO 'suara_service'@'localhost';
GRANT SELECT, INSERT         ON photos        TO 'suara_service'@'localhost';

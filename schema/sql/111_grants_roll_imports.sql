GRANT SELECT, INSERT, DELETE ON roll_imports  TO 'suara_service'@'localhost';
GRANT SELECT, INSERT         ON roll_erasures TO 'suara_service'@'localhost';

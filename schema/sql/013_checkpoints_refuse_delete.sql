CREATE OR REPLACE TRIGGER checkpoints_refuse_delete BEFORE DELETE ON checkpoints FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Published checkpoints are never deleted or replaced.';

"""The field's own things: student, staff, talk, answer, agreement, invitation. No database, clock or screen."""

"""What leaves the house as a file: tables of answers, the extract of one student, FHIR."""

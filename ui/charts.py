"""Charts with their sentence and their table: nobody needs to see a picture to know what it says."""

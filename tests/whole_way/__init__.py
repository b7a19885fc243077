"""The main job from the student's phone to the charts, in a real browser against a real server."""

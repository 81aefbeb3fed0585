"""What a build costs beside other builders doing the same work."""

"""The story of each command, on one screen each. Clock, folders and options are arguments; problems are results.

A build with nothing to do loads next to nothing: what a command needs beyond the first look is loaded where it is needed.
"""

"""The eight steps of the workspace. Each module draws one: `show(postmortem, me, frozen)`."""

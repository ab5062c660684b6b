"""The pages that a server draws: the guide, matters, search and the plain chat, complete without JavaScript."""

"""The verbs that a person triggers, one module each; the dashboard and the command line call the same ones."""

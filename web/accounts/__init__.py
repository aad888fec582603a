"""Who may sign in, and what an account has to show for it: its password, a second factor, or a sign-in elsewhere."""

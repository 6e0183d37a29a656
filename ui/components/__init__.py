"""Components of the dashboard that Streamlit does not have: the review reader and its outbox."""

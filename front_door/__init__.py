"""Plain HTTP before Streamlit: sign-in, the student's page, saving an answer, files, health."""

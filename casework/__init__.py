"""Cases and the people who handle them: bureaus, officers, institutions, evidence, documents."""

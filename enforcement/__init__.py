"""From legal review to an executed decision: review, notice, hearing, decision, execution."""

"""Setups that exist: Azure's own output, templates, Terraform and tables in, a need out. Pure Python, no Django."""

"""委员、届次与组织机构。The roster of members, terms and organisations."""

"""账号、身份与登录。Accounts, roles and sign-in."""

"""Refusals of files by GraphQL."""

ERROR_CODES = {"FILE_UNKNOWN": "未找到该文件，请重新上传。No such file, or another's."}

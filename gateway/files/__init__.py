"""文件。Files: upload, download with permission, attachment to records of services.

Bytes travel by HTTP only (`http.py`) and rest in GridFS (`store.py`, decision 20); services and
GraphQL carry ids. A service tells by an event which of its records hold which files
(`attachments.py`), and says at each download who may read them (`access.py`).
"""

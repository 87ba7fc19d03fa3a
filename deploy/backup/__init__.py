"""Backup and restore of the whole platform: all databases at one moment, the broker's definitions.

A backup is a folder. `manifest.json` comes last, so a folder without one is no backup:

    manifest.json                          what there is, with hashes and counts, and the moment
    broker.json                            the broker's definitions (exchanges, queues, users)
    <database>/<collection>.bson.gz        documents as BSON, one after the other
    <database>/<collection>.metadata.json.gz   options and indexes

The files of a database have mongodump's format, so that `mongorestore --gzip` reads them too.
Why it is done this way: docs/adr/0010. Keys are not in it; they are kept apart from the data.
"""

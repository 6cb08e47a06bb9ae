"""The database opens, migrates once, keeps times apart, and says what is wrong."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, Table, inspect, select, text
from sqlalchemy.schema import CreateTable

from assistent.database import Database, open_database
from assistent.database.migrating import newest_step
from assistent.database.tables import METADATA, Moment
from assistent.errors import DatabaseError, SettingsError

OSLO = ZoneInfo("Europe/Oslo")


def test_the_tables_are_at_the_newest_step(database: Database) -> None:
    with database.reading() as connection:
        step = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert step == newest_step() != ""
    assert {"sessions", "sign_ins"} <= set(inspect(database.engine).get_table_names())


def test_opening_again_changes_nothing(address: str) -> None:
    for _ in range(2):
        opened = open_database(address)
        opened.check()
        opened.close()


def test_processes_that_start_at_once_migrate_once(address: str) -> None:
    errors: list[Exception] = []

    def start() -> None:
        try:
            open_database(address).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_the_hour_that_comes_twice_is_two_hours(database: Database) -> None:
    columns = (Column("id", Integer, primary_key=True), Column("at", Moment()))
    table = Table("hours", METADATA, *columns)
    try:
        first = datetime(2026, 10, 25, 2, 30, tzinfo=OSLO)
        second = first.replace(fold=1)
        with database.writing() as connection:
            connection.execute(CreateTable(table))
            connection.execute(table.insert(), [{"id": 1, "at": first}, {"id": 2, "at": second}])
        with database.reading() as connection:
            read = connection.execute(select(table.c.at).order_by(table.c.id)).scalars().all()
        assert read[1] - read[0] == timedelta(hours=1)
        assert read[0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    finally:
        METADATA.remove(table)


def test_a_change_that_breaks_off_leaves_nothing(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
    with pytest.raises(DatabaseError):
        _add_and_fail(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0


def _add_and_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO kept VALUES (1)"))
        connection.execute(text("INSERT INTO missing VALUES (1)"))


def test_tables_of_a_newer_program_are_not_touched(address: str) -> None:
    opened = open_database(address)
    with opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(DatabaseError, match="nyere versjon"):
        open_database(address)


@pytest.mark.parametrize(
    "address", ["", "mysql://a/b", "ikke en adresse", "sqlite", "postgresql://hemmelig:ord@h:x/y"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_database(address)
    assert "ASSISTENT_DATABASE" in str(refused.value)
    assert "hemmelig" not in str(refused.value)


def test_a_server_that_is_down_is_said_without_its_password() -> None:
    with pytest.raises(DatabaseError) as refused:
        open_database("postgresql://noen:hemmelig@127.0.0.1:1/base")
    assert "127.0.0.1/base" in str(refused.value)
    assert "hemmelig" not in str(refused.value)


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "assistent.db"
    file.write_bytes(b"ikke en database" * 500)
    with pytest.raises(DatabaseError, match=r"assistent\.db"):
        open_database(f"sqlite:///{file}")


def test_what_is_deleted_is_gone_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "assistent.db"
    opened = open_database(f"sqlite:///{file}")
    with opened.writing() as connection:
        connection.execute(text("CREATE TABLE notes (note TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES ('kanarifugl')"))
    with opened.writing() as connection:
        connection.execute(text("DELETE FROM notes"))
    opened.close()
    assert b"kanarifugl" not in file.read_bytes()

import pytest

from claimtrack.db.tables import Reviewer
from claimtrack.errors import NotFoundError, RuleError, StorageError
from claimtrack.services import colleagues
from claimtrack.services import desk as desks
from claimtrack.services.desk import Desk
from claimtrack.vocabulary import IdentityBasis, Role


def role_of(desk, key):
    return desk.see(lambda work: work.get(Reviewer, key).role)


def test_the_first_person_is_the_admin_and_later_ones_of_a_team_are_checkers(engine, database_kind):
    nobody = Desk(engine)
    first, second = nobody.do(desks.add_reviewer, "Ada"), nobody.do(desks.add_reviewer, "Bea")
    assert role_of(nobody, first) is Role.ADMIN
    assert role_of(nobody, second) is (Role.ADMIN if database_kind == "sqlite" else Role.CHECKER)
    assert nobody.do(desks.add_reviewer, "Ada") == first


def test_nothing_is_stored_when_a_service_raises(desk):
    def service(work):
        work.add("reviewer.added", Reviewer(name="Ghost"))
        raise RuleError("no")

    with pytest.raises(RuleError):
        desk.do(service)
    assert desk.see(desks.find_reviewer, "Ghost") is None


def test_reading_cannot_write(desk):
    with pytest.raises(Exception, match=r"readonly|read-only"):
        desk.see(lambda work: work.add("reviewer.added", Reviewer(name="Ghost")))


def test_an_act_without_a_person_is_refused(engine):
    with pytest.raises(RuleError, match="Somebody has to answer"):
        Desk(engine).do(lambda work: work.require(Role.CHECKER))


def test_a_reader_may_not_decide(engine, desk):
    reader = Desk(engine, Desk(engine).do(desks.add_reviewer, "Rita", Role.READER), IdentityBasis.SELF_DECLARED)
    with pytest.raises(RuleError, match="Rita is a reader at this desk; this needs a checker"):
        reader.do(lambda work: work.require(Role.CHECKER))


def test_somebody_who_left_can_no_longer_act(desk, bea):
    desk.do(colleagues.let_go, bea.reviewer_id)
    with pytest.raises(RuleError, match="no longer works"):
        bea.see(lambda work: None)


def test_a_wrong_id_says_what_one_looks_like(desk):
    with pytest.raises(NotFoundError, match="ids look like"):
        desk.see(lambda work: work.get(Reviewer, "seven"))


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(StorageError, match="SQLite or PostgreSQL"):
        desks.open_desk("mysql://desk@127.0.0.1/claims")

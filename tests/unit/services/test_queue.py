from claimtrack.services import queue


def test_what_is_taken_is_seen_as_taken_and_comes_back(desk, bea, imported):
    imported()
    wanted = queue.QueueFilter()
    total = desk.see(queue.page, wanted).total
    taken = desk.do(queue.take_next, wanted, queue.QueueOrder.OLDEST, 2)
    assert len(taken) == 2
    page = bea.see(queue.page, wanted)
    assert [item.leased_by for item in page.items][:2] == ["Ada", "Ada"]
    mine = desk.see(queue.page, queue.QueueFilter(held_by=desk.reviewer_id))
    assert [item.row.public_id for item in mine.items] == taken
    others = bea.do(queue.take_next, wanted, queue.QueueOrder.OLDEST, 10)
    assert not set(others) & set(taken)
    assert len(others) == total - 2
    assert desk.do(queue.release) == 2
    assert desk.see(queue.page, queue.QueueFilter(held_by=desk.reviewer_id)).items == ()


def test_assignment_reports_what_it_skipped_and_why(desk, bea, imported):
    imported()
    rows = [item.row.public_id for item in desk.see(queue.page, queue.QueueFilter()).items]
    assert desk.do(queue.assign, rows, bea.reviewer_id) == (len(rows), [])
    done, skipped = desk.do(queue.assign, rows, bea.reviewer_id)
    assert (done, len(skipped)) == (0, len(rows))


def test_a_search_that_can_find_nothing_finds_nothing(desk, imported):
    imported()
    assert desk.see(queue.page, queue.QueueFilter(search="?!")).items == ()
    assert desk.see(queue.page, queue.QueueFilter(search="audit", are_repeats_folded=False)).items

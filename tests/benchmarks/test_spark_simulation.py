"""The simulated cluster: bounds that no schedule passes, and a measured audit that it foretells."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks import spark_simulation
from tests.benchmarks.spark_fit import READ_ROWS, Costs, Cut, StageCost, StepCost, fit_costs, fit_line
from tests.benchmarks.spark_measure import measure_tree, measure_union, share_out
from tests.benchmarks.spark_runs import load_runs
from tests.benchmarks.spark_simulation import Cluster, Simulation, foretell, main, make_cluster

README = Path(__file__).parents[2] / "README.md"
WORST = 0.1
"""How far the simulation may be from a run that it was not fitted to."""
EVEN = Cluster(1, 2, 8, network=math.inf, arrive=0, straggling=0, crowd=0)


def make_costs(a_task: float = 0.0, a_reply: float = 0.01, **others: float) -> Costs:
    """One stage of eight tasks, which writes 100 bytes a reply, and another that fetches them."""
    stages = (StageCost(0.5, 8, Cut.PARTITIONS, 100), StageCost(0.5, 8, Cut.PARTITIONS, 0))
    steps = (StepCost("judge", stages, a_task, a_reply, driver=0.0),)
    return replace(Costs(steps, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0), **others)


def test_equal_tasks_pass_in_waves() -> None:
    # Two stages of 8 tasks, each 1 s: 4 waves on 2 cores, 3 on 3.
    for cores, waves in ((1, 8), (2, 4), (3, 3), (8, 1), (99, 1)):
        outcome = Simulation(make_costs(), replace(EVEN, cores=cores), 1600).run()
        assert outcome.passed == pytest.approx(2 * waves), cores
        assert (outcome.worked, outcome.tasks) == (pytest.approx(16), 16)


def test_rows_are_fetched_over_the_network_that_an_executor_s_cores_share() -> None:
    # 160,000 bytes in 8 tasks: 20,000 each, at 5,000 bytes a second a core.
    outcome = Simulation(make_costs(), replace(EVEN, network=10_000), 1600).run()
    assert outcome.passed == pytest.approx(4 + 4 * (1 + 4))
    assert outcome.written == 160_000


def test_start_driver_and_the_customer_of_most_replies_are_waited_for() -> None:
    crowded = replace(EVEN, cores=8, crowd=1000)
    costs = make_costs(start=5.0)
    costs = replace(costs, steps=(replace(costs.steps[0], driver=3.0),))
    assert Simulation(costs, crowded, 1600).run().passed == pytest.approx(5 + (1 + 10) + 1 + 3)


def test_pairs_of_identities_are_the_driver_s_work_alone() -> None:
    costs = make_costs(ties=0.5)
    costs = replace(costs, steps=(replace(costs.steps[0], name="tie"),))
    alone = Simulation(costs, EVEN, 1600).run().passed - Simulation(make_costs(), EVEN, 1600).run().passed
    assert alone == pytest.approx(800 * spark_simulation.TIE_SECONDS)


def test_executors_that_come_late_do_less() -> None:
    first = replace(EVEN, executors=2, cores=1, arrive=8)
    # One core is there at once and does 6 of the first 8 tasks before the other has done 2.
    assert Simulation(make_costs(), first, 1600).run().passed == pytest.approx(6 + 4)


def test_reading_is_cut_by_replies_and_each_core_builds_its_readers_once() -> None:
    stage = StageCost(1.0, 2, Cut.READING, 0)
    costs = replace(
        make_costs(), warm=7.0, steps=(StepCost("read", (stage,), a_task=0, a_reply=0.001, driver=0.0),)
    )
    outcome = Simulation(costs, EVEN, 6 * READ_ROWS).run()
    assert outcome.tasks == 6
    assert outcome.passed == pytest.approx(3 * 10 + 7)


@settings(max_examples=40)
@given(
    st.integers(1, 40), st.integers(1, 300), st.integers(10_000, 10_000_000), st.integers(0, 2**32),
)  # fmt: skip
def test_no_audit_is_faster_than_its_work(executors: int, partitions: int, replies: int, seed: int) -> None:
    cluster = Cluster(executors, partitions=partitions, arrive=0)
    outcome = Simulation(COSTS, cluster, replies, seed).run()
    assert outcome.passed >= outcome.worked / cluster.slots
    assert outcome == Simulation(COSTS, cluster, replies, seed).run()


def test_more_executors_are_never_slower_where_nothing_is_random() -> None:
    even = replace(EVEN, partitions=1200)
    passed = [Simulation(COSTS, replace(even, executors=n), 10**7).run().passed for n in (1, 5, 25)]
    assert passed == sorted(passed, reverse=True)
    assert passed[0] > 10 * passed[2]


def test_a_larger_run_than_those_that_were_fitted_is_foretold() -> None:
    run, outcome = foretell(load_runs())
    assert run.replies > 2 * max(each.replies for each in load_runs()[:-1])
    assert abs(outcome.worked / run.worked - 1) < WORST
    assert abs(outcome.passed / run.passed - 1) < WORST


def test_the_formula_is_what_a_cluster_could_do_without_waiting() -> None:
    """It knows of no stragglers and no waiting: a simulation that is far from it has forgotten something."""
    cluster = make_cluster(10)
    formula = (COSTS.constant + COSTS.slope * 300_000_000) / cluster.slots
    even = replace(cluster, straggling=0, arrive=0, crowd=0, network=math.inf)
    assert 0.8 < formula / Simulation(COSTS, even, 300_000_000).run().passed < 1
    assert 0.6 < formula / Simulation(COSTS, cluster, 300_000_000).run().passed < 0.9


def test_processor_seconds_are_shared_out_by_the_time_that_passed() -> None:
    tasks = [(1, 0.0, 4.0, 10), (1, 0.0, 4.0, 20), (2, 6.0, 8.0, 0), (3, 20.0, 21.0, 0)]
    step = share_out("read", 0.0, 10.0, 7.0, tasks)
    # Of 10 s nobody but the driver worked in 4; 14 s of tasks and driver are 7 of processors.
    assert step.driver == pytest.approx(2)
    assert [stage.seconds for stage in step.stages] == [(2, 2), (1,)]
    assert [stage.written for stage in step.stages] == [30, 0]
    assert step.passed == pytest.approx(5)
    assert measure_union([(0, 2), (1, 3), (1, 2), (5, 6)]) == 4


def test_a_line_through_points_on_it() -> None:
    sizes = [10_000, 30_000, 100_000]
    assert fit_line(sizes, [5 + 0.002 * size for size in sizes]) == pytest.approx((5, 0.002))


def test_a_line_never_begins_below_nothing() -> None:
    constant, slope = fit_line([1, 2, 4], [1, 3, 7])
    assert constant == 0
    assert 1 < slope < 2


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc")
def test_work_is_measured() -> None:
    before = measure_tree()
    while measure_tree() < before + 0.05:
        sum(range(10_000))


def test_the_readme_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    shown = README.read_text("utf-8").splitlines()
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert [row for row in rows if row not in shown] == []


COSTS = fit_costs(load_runs())

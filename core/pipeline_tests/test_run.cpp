#include "core/pipeline_tests/test_run.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/pipeline_tests/folder_files.h"
#include "core/pipeline_tests/port_rows.h"
#include "core/pipeline_tests/step_clock.h"
#include "core/pipeline_tests/test_cells.h"
#include "core/pipeline_tests/window_states.h"
#include "core/runtime/metrics/stopwatch.h"
#include "core/runtime/run.h"
#include "core/stream/window_events.h"
#include "core/stream/windows/window_reporter.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;
using State = TestOutcome::State;

/// Whose rows the test looks at.
template <class Keeper>
std::vector<std::shared_ptr<Keeper>> keepersOf(const Run& run, const std::vector<NodeId>& probes) {
    std::vector<std::shared_ptr<Keeper>> out;
    for (const NodeId& probe : probes) {
        if (auto keeper = std::dynamic_pointer_cast<Keeper>(run.view(probe)))
            out.push_back(std::move(keeper));
    }
    return out;
}

std::string watermarkText(std::optional<Instant> watermark) {
    if (!watermark) return "null";
    if (*watermark == kMaxTimestamp) return "end";
    std::string text;
    appendTimestamp(text, *watermark);
    return text;
}

/// As in the file.
std::string_view windowText(PipelineTestStep::Window window) {
    if (window == PipelineTestStep::Window::NotThere) return "null";
    return window == PipelineTestStep::Window::Open ? "open" : "fired";
}

/// After how long without a row a source is idle: by its own parameter, or that of a node that gives its rows
/// event time. Nothing: it never is.
std::optional<Millis> idleAfter(const Plan& plan, int stage, const StepInput& input) {
    const PlannedNode& source = plan.stages[static_cast<std::size_t>(stage)].nodes.front();
    std::optional<Millis> least;
    if (source.bound->outputs.front().eventTime >= 0) least = input.idleTimeout;
    for (const Exchange& exchange : plan.exchanges) {
        const PlannedNode& entry = plan.stages[static_cast<std::size_t>(exchange.to)].nodes.front();
        if (exchange.from != stage || !entry.bound->assignsEventTime || !entry.inputs.front().onlyAdvances)
            continue;
        const std::optional<Millis> own =
            entry.bound->idleTimeout ? entry.bound->idleTimeout : input.idleTimeout;
        if (own) least = std::min(*own, least.value_or(*own));
    }
    return least;
}

class TestRun {
 public:
    TestRun(const TestedPipeline& tested, const PipelineTest& test, const std::atomic<bool>* cancelled)
        : m_tested(tested), m_test(test), m_clock(std::make_shared<StepClock>(test.clock, cancelled)) {}

    TestOutcome run() {
        m_out.asItCame = m_test;
        Status status = start();
        for (m_step = 0; status.ok() && m_step < m_test.steps.size() && !m_out.endedEarly; ++m_step) {
            status = perform(m_test.steps[m_step]);
            if (status.ok() && m_clock->isCancelled())
                status = Status(ErrorCode::Cancelled, RW_TEXT("pipeline_tests", "The test was ended."));
            if (status.ok()) seeFailure();
            if (!status.ok()) status = placed(status);
        }
        if (!status.ok()) {
            m_out.error = std::move(status);
            m_out.state = State::NotRun;
        } else if (!m_out.failures.empty()) {
            m_out.state = State::Failed;
        }
        if (m_out.endedEarly || m_out.state == State::NotRun) m_out.asItCame = m_test;
        return std::move(m_out);
    }

 private:
    Status start() {
        RW_TRY_ASSIGN(m_planned, planTest(m_tested, m_test));
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.clock = m_clock;
        options.files = filesBelow(m_tested.folder);
        options.replay = m_planned.player;
        options.onlyCharts = true;
        options.alignRows = 0;
        options.channelRows = kMostTestRows;
        RW_TRY_ASSIGN(m_run, Run::start(m_planned.plan, std::move(options)));
        const auto looksAtWindow = [](const auto& step) { return step.verb == Verb::ExpectWindow; };
        if (std::any_of(m_test.steps.begin(), m_test.steps.end(), looksAtWindow))
            m_windows = m_run->watchWindows();
        for (const auto& [probe, key] : m_planned.tableKeys) {
            if (const auto table = std::dynamic_pointer_cast<PortTable>(m_run->view(probe)))
                table->setKey(key);
        }
        const std::vector<Stage>& stages = m_planned.plan->stages;
        for (int stage = 0; stage < static_cast<int>(stages.size()); ++stage) {
            if (!stages[static_cast<std::size_t>(stage)].source) continue;
            const NodeId& node = stages[static_cast<std::size_t>(stage)].nodes.front().node;
            const auto after = idleAfter(*m_planned.plan, stage, m_planned.player->sources().at(node));
            if (after) m_idleAfter[node] = *after;
        }
        settle();
        return {};
    }

    /// The step, and what is wrong with it.
    Status placed(const Status& status) const {
        Error error = status.error();
        error.message = RW_TEXT("pipeline_tests", "Step %1, “%2”: %3")
                            .with(m_step + 1, testVerb(m_test.steps[m_step].verb), error.message);
        return Status(std::move(error));
    }

    Status perform(const PipelineTestStep& step) {
        switch (step.verb) {
            case Verb::Rows:
                return giveRows(step);
            case Verb::Idle:
                return beIdle(step);
            case Verb::Fail: {
                RW_TRY_ASSIGN(StepInput* const input, sourceOf(step.at));
                input->script->fail();
                m_failsAt = step.at;
                settle();
                return {};
            }
            case Verb::Advance:
                eachOpen([](SourceScript& script) { script.setSilent(true); });
                pass(step.millis);
                eachOpen([](SourceScript& script) { script.setSilent(false); });
                settle();
                return {};
            case Verb::End:
                return end(step);
            case Verb::ExpectWatermark:
                return expectWatermark(step);
            case Verb::ExpectWindow:
                return expectWindow(step);
            case Verb::ExpectFailed:
                return expectFailed(step);
            case Verb::ExpectTable:
                return expectRows(step, tableRows());
            case Verb::Expect:
            case Verb::ExpectLate:
            case Verb::ExpectRejected:
                return expectRows(step, newRows());
        }
        return {};
    }

    // Time.
    void pass(Millis millis) {
        if (m_clock->isCancelled()) return;
        m_clock->allow(millis);
        (void)m_run->waitFor(millis + 1);
        m_clock->hold();
    }
    /// All that can be done now is done. A source that is idle learns of the watermarks of the others only
    /// when it is looked at again: twice, for a node between may give them.
    void settle() {
        pass(0);
        for (int look = 0; look < 2 && !m_idleAfter.empty(); ++look) {
            eachOpen([](SourceScript& script) { script.wake(); });
            pass(0);
        }
    }

    // Sources.
    template <class Do>
    void eachOpen(Do&& call) {
        for (auto& [node, input] : m_planned.player->sources()) {
            if (!input.script->isOver()) call(*input.script);
        }
    }
    Result<StepInput*> sourceOf(const NodeId& node) {
        const auto found = m_planned.player->sources().find(node);
        if (found != m_planned.player->sources().end()) return &found->second;
        return Status(ErrorCode::Invalid,
                      RW_TEXT("pipeline_tests", "“%1” is no source that runs.").with(node),
                      RW_TEXT("pipeline_tests", "Name a source, or a lookup for the rows of its table."));
    }
    static Status isOpen(const StepInput& input, const NodeId& node) {
        if (!input.script->isOver()) return {};
        return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” has ended already.").with(node)};
    }
    /// Wrong cells are rows that the source can't read, where the test looks at these; else they are
    /// mistakes.
    bool looksAtRejected(const NodeId& node, const StepInput& input) {
        if (input.onError == "null" || input.onError == "fail") return true;
        const auto [known, isNew] = m_looksAtRejected.try_emplace(node, false);
        if (isNew) known->second = looksAtRejected(node);
        return known->second;
    }
    bool looksAtRejected(const NodeId& node) const {
        const PortRef port{node, "rejected"};
        return std::any_of(m_test.steps.begin(), m_test.steps.end(), [&](const PipelineTestStep& step) {
            if (step.verb == Verb::ExpectRejected) return step.at.substr(0, step.at.find('.')) == node;
            return isExpectation(step.verb) && (step.at == writeOutput(port) || leadsTo(port, step.at));
        });
    }
    bool leadsTo(const PortRef& port, const NodeId& node) const {
        const std::vector<Wire>& wires = m_tested.pipeline.wires;
        return std::any_of(wires.begin(), wires.end(),
                           [&](const Wire& wire) { return wire.from == port && wire.to.node == node; });
    }
    Status giveRows(const PipelineTestStep& step) {
        if (const auto table = m_planned.player->table(step.at)) {
            RW_TRY_ASSIGN(const StepRows rows, givenRows(step, *table->schema()));
            RW_TRY(firstWrong(rows));
            table->add(rows);
            return {};
        }
        RW_TRY_ASSIGN(StepInput* const input, sourceOf(step.at));
        RW_TRY(isOpen(*input, step.at));
        RW_TRY_ASSIGN(StepRows rows, givenRows(step, *input->schema));
        if (!looksAtRejected(step.at, *input)) RW_TRY(firstWrong(rows));
        if (!input->several && !step.partition.empty()) {
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” has no partitions.").with(step.at)};
        }
        if (rows.empty()) return {};
        input->script->give(step.partition.empty() && input->several ? kOnlyPartition : step.partition,
                            std::move(rows));
        settle();
        return {};
    }
    static Status firstWrong(const StepRows& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].wrong.empty()) continue;
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "Row %1: %2").with(i + 1, rows[i].wrong),
                    RW_TEXT("pipeline_tests", "Correct the value; or expect it with “expect_rejected”.")};
        }
        return {};
    }
    /// The clock goes on until it counts as idle, while the others give rows, as it were.
    Status beIdle(const PipelineTestStep& step) {
        RW_TRY_ASSIGN(StepInput* const input, sourceOf(step.at));
        RW_TRY(isOpen(*input, step.at));
        const auto after = m_idleAfter.find(step.at);
        if (after == m_idleAfter.end()) {
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” is never idle.").with(step.at),
                    RW_TEXT("pipeline_tests", "Set its idle time-out, or let it end.")};
        }
        const RunMetrics metrics = m_run->metrics();
        std::vector<SourceScript*> busy;
        for (auto& [node, other] : m_planned.player->sources()) {
            if (node != step.at && !other.script->isOver() && !isIdle(metrics, node))
                busy.push_back(other.script.get());
        }
        for (SourceScript* const script : busy) script->touch();
        input->script->setSilent(true);
        pass(after->second);
        input->script->setSilent(false);
        for (SourceScript* const script : busy) script->touch();
        settle();
        return {};
    }
    static bool isIdle(const RunMetrics& metrics, const NodeId& node) {
        const auto found = metrics.nodes.find(node);
        if (found == metrics.nodes.end()) return false;
        const auto& partitions = found->second.partitions;
        return !partitions.empty() &&
               std::all_of(partitions.begin(), partitions.end(),
                           [](const auto& partition) { return partition.state == PartitionState::Idle; });
    }
    Status end(const PipelineTestStep& step) {
        if (!step.at.empty()) {
            RW_TRY_ASSIGN(StepInput* const input, sourceOf(step.at));
            RW_TRY(isOpen(*input, step.at));
            input->script->end();
            settle();
            return {};
        }
        eachOpen([](SourceScript& script) { script.end(); });
        settle();
        if (m_run->finished() || m_clock->isCancelled()) return {};
        // Rows may be held back for their time (throttle).
        m_clock->allowAll();
        (void)m_run->waitFor(StepClock::kForGood + 1);
        m_clock->hold();
        return {};
    }

    // Expectations.
    void fail(Text message, RowMismatches rows = {}) {
        m_out.failures.push_back({m_step, std::move(message), std::move(rows)});
    }
    PipelineTestStep& asItCame() { return m_out.asItCame.steps[m_step]; }

    /// What the ports have that a step looks at. Tables stay where they are: a step that counts their rows
    /// costs nothing, however large they are.
    struct Looked {
        const StreamType* type = nullptr;  ///< null: no such port runs
        std::size_t count = 0;
        PortRowList rows{};
        std::vector<std::shared_ptr<PortTable>> tables{};
        bool table = false;

        std::vector<ValueRow> cut(const LookedAt& look) const {
            std::vector<ValueRow> out;
            out.reserve(count);
            const auto add = [&](const PortRow& row) { out.push_back(cutRow(look, row)); };
            for (const auto& each : tables) each->each(add);
            for (const PortRow& row : rows) add(row);
            return out;
        }
    };
    Looked newRows() {
        Looked out;
        for (const auto& keeper : keepersOf<PortRows>(*m_run, m_planned.probes[m_step])) {
            out.type = &keeper->type();
            for (PortRow& row : keeper->take()) out.rows.push_back(std::move(row));
        }
        out.count = out.rows.size();
        return out;
    }
    Looked tableRows() {
        Looked out;
        out.table = true;
        out.tables = keepersOf<PortTable>(*m_run, m_planned.probes[m_step]);
        for (const auto& keeper : out.tables) {
            out.type = &keeper->type();
            out.count += keeper->kept();
        }
        return out;
    }
    Status expectRows(const PipelineTestStep& step, const Looked& looked) {
        if (looked.type == nullptr) {
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” does not run.").with(step.at),
                    RW_TEXT("pipeline_tests", "Enable the node, and give it an input.")};
        }
        if (m_planned.probes[m_step].size() > 1 && step.rows) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "“%1” has several such ports.").with(step.at),
                    RW_TEXT("pipeline_tests", "Name one of them as “node.port”, or expect a “count”.")};
        }
        if (step.count) {
            if (*step.count == looked.count) return {};
            fail(RW_TEXT("pipeline_tests", "Rows that came: %1, expected: %2.")
                     .with(figures::count(looked.count), figures::count(*step.count)));
            asItCame().count = looked.count;
            return {};
        }
        RW_TRY_ASSIGN(const LookedAt look, lookedAt(step, *looked.type, looked.table));
        RW_TRY_ASSIGN(const std::vector<ExpectedRow> expected, expectedRows(step, look));
        const std::vector<ValueRow> got = looked.cut(look);
        RowMismatches differences = matchRows(look.columns, expected, got, {step.ordered, step.within});
        if (differences.none()) return {};
        asItCame() = stepAsItCame(step, look, got);
        fail(differences.otherOrder ? RW_TEXT("pipeline_tests", "The rows came in another order.")
                                    : RW_TEXT("pipeline_tests", "Other rows came than were expected."),
             std::move(differences));
        m_otherRows += got.size();
        if (m_otherRows > kMostOtherRows) endHere();
        return {};
    }
    /// Each step of a test with ten thousand may find the same large table in place of few rows.
    void endHere() {
        m_out.endedEarly = true;
        fail(RW_TEXT(
                 "pipeline_tests",
                 "The test ended here: more than %1 rows came in all where others were expected. Test with "
                 "fewer rows.")
                 .with(figures::count(kMostOtherRows)));
    }
    Status expectWatermark(const PipelineTestStep& step) {
        const RunMetrics metrics = m_run->metrics();
        const auto found = metrics.nodes.find(step.at);
        if (found == metrics.nodes.end()) {
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” does not run.").with(step.at),
                    RW_TEXT("pipeline_tests", "Enable the node, and give it an input.")};
        }
        std::optional<Instant> came;
        if (found->second.watermark != kMinTimestamp) came = found->second.watermark;
        if (came == step.watermark) return {};
        fail(RW_TEXT("pipeline_tests", "The watermark is %1, expected: %2.")
                 .with(watermarkText(came), watermarkText(step.watermark)));
        asItCame().watermark = came;
        return {};
    }
    Status expectWindow(const PipelineTestStep& step) {
        const WindowLane* const lane = laneOf(step.at);
        if (lane == nullptr) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "No node “%1” with windows runs.").with(step.at),
                    RW_TEXT("pipeline_tests", "Name a window aggregate or a window join.")};
        }
        if (lane->kind == WindowKind::Session) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "“%1” makes sessions, whose ends move with each row.")
                        .with(step.at),
                    RW_TEXT("pipeline_tests", "Expect the rows of the session instead.")};
        }
        WindowStates& states = m_windowStates[step.at];
        states.take(*m_windows, step.at);
        const PipelineTestStep::Window came = states.at(step.windowEnd);
        if (came != PipelineTestStep::Window::Fired && !(states.all() && tellsEachOpening(*lane))) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "Too many windows of “%1” are open at once to tell of each.")
                        .with(step.at),
                    RW_TEXT("pipeline_tests", "Expect the rows of the window instead.")};
        }
        if (came == step.window) return {};
        fail(RW_TEXT("pipeline_tests", "The window that ends at %1 is “%2”, expected: “%3”.")
                 .with(watermarkText(step.windowEnd), windowText(came), windowText(step.window)));
        asItCame().window = came;
        return {};
    }
    /// Null: it has no windows.
    const WindowLane* laneOf(const NodeId& node) {
        if (!m_lanes.contains(node)) {
            for (WindowLane& lane : m_windows->lanes()) m_lanes.try_emplace(lane.node, std::move(lane));
        }
        const auto found = m_lanes.find(node);
        return found != m_lanes.end() ? &found->second : nullptr;
    }
    /// Whether none of its windows opens without an event of that.
    static bool tellsEachOpening(const WindowLane& lane) {
        const auto most = static_cast<Millis>(WindowReporter::kMostOpened);
        return lane.step <= 0 || lane.size / lane.step <= most;
    }
    Status expectFailed(const PipelineTestStep& step) {
        if (m_planned.find(step.at) == nullptr)
            return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "“%1” does not run.").with(step.at)};
        const Status status = m_run->status();
        if (status.ok()) {
            fail(RW_TEXT("pipeline_tests", "The run has not failed."));
        } else if (status.error().node != step.at) {
            fail(RW_TEXT("pipeline_tests", "The run failed at “%1”: %2")
                     .with(status.error().node, status.error().message));
        }
        return {};
    }

    /// Of a run that nobody wanted to fail the rest makes no sense.
    void seeFailure() {
        const Status status = m_run->status();
        if (status.ok() || status.error().node == m_failsAt) return;
        const bool expected = std::any_of(m_test.steps.begin(), m_test.steps.end(),
                                          [](const auto& step) { return step.verb == Verb::ExpectFailed; });
        if (expected) return;
        m_out.endedEarly = true;
        fail(RW_TEXT("pipeline_tests", "The run failed at “%1”: %2")
                 .with(status.error().node, status.error().message));
    }

    const TestedPipeline& m_tested;
    const PipelineTest& m_test;
    const std::shared_ptr<StepClock> m_clock;
    PlannedTest m_planned{};
    std::unique_ptr<Run> m_run{};
    std::shared_ptr<WindowWatch> m_windows{};  ///< null: no step looks at a window
    std::map<NodeId, WindowLane> m_lanes{};    ///< as far as steps have looked at windows
    std::map<NodeId, WindowStates> m_windowStates{};
    std::map<NodeId, bool> m_looksAtRejected{};  ///< of sources that have given rows
    std::map<NodeId, Millis> m_idleAfter{};      ///< of the sources that can be idle
    std::size_t m_step = 0;
    std::size_t m_otherRows = 0;  ///< that came at steps which expected others
    NodeId m_failsAt{};  ///< a source that the test let fail
    TestOutcome m_out{};
};

}  // namespace

TestOutcome runTest(const TestedPipeline& tested, const PipelineTest& test,
                    const std::atomic<bool>* cancelled) {
    const std::int64_t began = stopwatchNanos();
    TestOutcome out = TestRun(tested, test, cancelled).run();
    out.seconds = static_cast<double>(stopwatchNanos() - began) / 1e9;
    return out;
}

}  // namespace rw

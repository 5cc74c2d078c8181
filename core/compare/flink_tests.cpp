#include "core/compare/flink_tests.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>

#include "core/base/figures.h"
#include "core/cluster/targets/target_check.h"
#include "core/compare/asked_steps.h"
#include "core/compare/cluster_side.h"
#include "core/compare/flink_test_pipeline.h"
#include "core/compare/own_folder.h"
#include "core/compare/row_difference.h"
#include "core/compare/staged_sources.h"
#include "core/data/text.h"
#include "core/pipeline_tests/test_cells.h"
#include "core/runtime/metrics/stopwatch.h"

namespace rw {

namespace {

using State = TestOutcome::State;

constexpr int kOldestFlink = 2;
/// As `compare` has it: sums of DOUBLEs are added up in another order there.
constexpr double kDoublesWithin = 1e-9;

/// 2 of “2.3.0”; 0: it is not known, as of a Flink that somebody built.
int majorVersion(const std::string& version) {
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    return major;
}

bool isCancelled(const FlinkTests& there) {
    return there.cancelled != nullptr && *there.cancelled;
}

Status testEnded() {
    return {ErrorCode::Cancelled, RW_TEXT("pipeline_tests", "The test was ended.")};
}

/// The rows that a table has at the end, or a port gave.
Result<std::vector<CompareRow>> rowsAtTheEnd(std::vector<ChangeRow> changes, const StreamType& type,
                                             const std::vector<int>& key) {
    if (type.updating || key.empty()) return finalRows(changes, *type.schema);
    std::map<CompareRow, ChangeRow> newest;
    for (ChangeRow& change : changes) {
        if (change.cells.size() != type.schema->size()) return finalRows({change}, *type.schema);
        CompareRow name;
        for (const int column : key) name.push_back(change.cells[static_cast<std::size_t>(column)]);
        newest.insert_or_assign(std::move(name), std::move(change));
    }
    std::vector<ChangeRow> left;
    for (auto& [name, change] : newest) left.push_back(std::move(change));
    return finalRows(left, *type.schema);
}

Result<PortRow> portRow(const CompareRow& cells, const Schema& schema) {
    PortRow out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Field& field = schema.fields[i];
        Value& value = out.values.emplace_back();
        if (!cells[i]) continue;
        if (field.type.is(TypeId::String)) {
            value = *cells[i];
            continue;
        }
        std::optional<Value> read = parseValue(*cells[i], field.type);
        if (!read)
            return Status(ErrorCode::Internal,
                          RW_TEXT("pipeline_tests", "Flink gave “%1” in column “%2”, which is not %3.")
                              .with(*cells[i], field.name, toString(field.type)));
        value = *std::move(read);
    }
    return out;
}

class FlinkTest {
 public:
    FlinkTest(const TestedPipeline& tested, const PipelineTest& test, const FlinkTests& there)
        : m_test(test), m_there(there), m_made(tested, test) {}

    TestOutcome run() {
        m_out.asItCame = m_test;
        const Status status = ask();
        m_out.error = isCancelled(m_there) ? testEnded() : status;
        if (!m_out.error.ok()) {
            m_out.state = State::NotRun;
            m_out.failures.clear();
            m_out.mayDiffer.clear();
        } else if (!m_out.failures.empty()) {
            m_out.state = State::Failed;
            m_out.mayDiffer = m_made.mayDiffer(m_differ);
        }
        return std::move(m_out);
    }

 private:
    Status ask() {
        if (isCancelled(m_there)) return testEnded();
        RW_TRY_ASSIGN(AskedTest asked, m_made.make());
        m_out.notAsked = std::move(asked.notAsked);
        if (asked.steps.empty()) {
            m_out.state = State::Skipped;
            return {};
        }
        RW_TRY(m_made.readRows(m_there.cancelled));
        RW_TRY(m_made.translate());
        RW_TRY_ASSIGN(const CollectedRows rows, rowsThere());
        for (const AskedStep& one : asked.steps) RW_TRY(placed(one, compare(one, rows)));
        return {};
    }

    Result<CollectedRows> rowsThere() {
        RW_TRY_ASSIGN(const std::string base, targetFolderHere(m_there.target));
        OwnFolder folder;
        RW_TRY(folder.make(base));
        const std::string staged = folder.path() + "/staged";
        std::error_code failed;
        std::filesystem::create_directories(staged, failed);
        if (failed)
            return Status(ErrorCode::Io, RW_TEXT("compare", "The copy “%1” can't be written.").with(staged),
                          RW_TEXT("compare", "Make room on the disk."));
        RW_TRY(m_made.writeRows(staged));
        const ClusterSide side{m_there.target,     m_there.secrets,      m_made.pipeline(), m_made.options(),
                               m_made.validated(), m_made.translation(), folder.path(),     staged,
                               m_there.cancelled,  m_there.within};
        return rowsOnCluster(side);
    }

    Status compare(const AskedStep& one, const CollectedRows& rows) {
        const bool table = one.step.verb == PipelineTestStep::Verb::ExpectTable;
        if (one.probes.size() > 1 && one.step.rows)
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "“%1” has several such ports.").with(one.step.at),
                    RW_TEXT("pipeline_tests", "Name one of them as “node.port”, or expect a “count”.")};
        PortRowList came;
        const StreamType* type = nullptr;
        for (const NodeId& probe : one.probes) {
            type = m_made.typeAt(probe);
            const auto found = rows.find(probe);
            if (found == rows.end()) continue;
            RW_TRY_ASSIGN(const std::vector<CompareRow> last,
                          rowsAtTheEnd(found->second, *type, m_made.keyAt(probe)));
            for (const CompareRow& cells : last) {
                RW_TRY_ASSIGN(PortRow row, portRow(cells, *type->schema));
                came.push_back(std::move(row));
            }
        }
        if (one.step.count) {
            if (*one.step.count == came.size()) return {};
            fail(one, RW_TEXT("pipeline_tests", "Rows that came: %1, expected: %2.")
                          .with(figures::count(came.size()), figures::count(*one.step.count)));
            return {};
        }
        RW_TRY_ASSIGN(const LookedAt look, lookedAt(one.step, *type, table));
        RW_TRY_ASSIGN(const std::vector<ExpectedRow> expected, expectedRows(one.step, look));
        RowMismatches differences =
            matchRows(look.columns, expected, cutRows(look, came), {false, one.step.within, kDoublesWithin});
        if (differences.none()) return {};
        fail(one, RW_TEXT("pipeline_tests", "Other rows came than were expected."), std::move(differences));
        return {};
    }

    void fail(const AskedStep& one, Text message, RowMismatches rows = {}) {
        m_out.failures.push_back({one.of.back(), std::move(message), std::move(rows)});
        m_differ.insert(m_differ.end(), one.probes.begin(), one.probes.end());
    }

    /// A mistake in a step, with its place.
    Status placed(const AskedStep& one, const Status& status) const {
        if (status.ok()) return status;
        Error error = status.error();
        error.message = RW_TEXT("pipeline_tests", "Step %1, “%2”: %3")
                            .with(one.of.back() + 1, testVerb(one.step.verb), error.message);
        return Status(std::move(error));
    }

    const PipelineTest& m_test;
    const FlinkTests& m_there;
    FlinkTestPipeline m_made;
    std::vector<NodeId> m_differ{};  ///< the probes of steps that failed
    TestOutcome m_out{};
};

}  // namespace

Status canTestOn(const FlinkTests& there) {
    if (there.target.engine != Engine::Flink)
        return {ErrorCode::Invalid, RW_TEXT("cluster", "“%1” is no Flink.").with(there.target.name),
                RW_TEXT("cluster", "Choose a target that is one.")};
    RW_TRY_ASSIGN(const TargetReport report, checkTarget(there.target, there.secrets, there.cancelled));
    const int version = majorVersion(report.version);
    if (version > 0 && version < kOldestFlink)
        return {ErrorCode::Invalid,
                RW_TEXT("pipeline_tests", "“%1” is Flink %2, which is too old for tests.")
                    .with(there.target.name, report.version),
                RW_TEXT("pipeline_tests", "Choose a target with Flink %1 or newer.").with(kOldestFlink)};
    if (report.room && report.room->taskManagers == 0)
        return {ErrorCode::Io, RW_TEXT("cluster",
                                       "It has no TaskManager, so nothing can run. Start one: "
                                       "taskmanager.sh start.")};
    return {};
}

TestOutcome runTestOnFlink(const TestedPipeline& tested, const PipelineTest& test, const FlinkTests& there) {
    const std::int64_t began = stopwatchNanos();
    TestOutcome out = FlinkTest(tested, test, there).run();
    out.seconds = static_cast<double>(stopwatchNanos() - began) / 1e9;
    return out;
}

}  // namespace rw

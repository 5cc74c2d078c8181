#include "tests/unit/stream/cases/watched_sessions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

namespace rw::test {

namespace {

/// What a state comes to in the end: the parts of lists may be in another order in its bytes, where some were
/// in files.
std::string resultsOf(const BoundNode& bound, const std::string& state, KeyGroups own) {
    const auto op = makeSessions(bound, contextFor(sessionInput()));
    const Result<StateReader> reader = StateReader::open(state);
    Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
    if (!status.ok()) return "refused: " + english(status.error());
    LinesOutput out;
    status = op->onWatermark(kMaxTimestamp, out);
    while (status.ok() && op->hasMore()) status = op->resume(out);
    if (!status.ok()) return "refused: " + english(status.error());
    std::sort(out.lines.begin(), out.lines.end());
    std::string text;
    for (const std::string& line : out.lines) text += line + "\n";
    return text;
}

}  // namespace

void LinesOutput::emit(int port, Batch batch) {
    for (std::size_t row = 0; row < batch.rows; ++row)
        lines.push_back(std::to_string(port) + "|" + lineOf(batch, row));
}

const NodeKind& sessionNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

StreamType sessionInput() {
    return WindowCase(WindowKind::Session, 1).input();
}

Json sessionParams() {
    return {{"window", "session"},
            {"gap", "10ms"},
            {"keys", {"k"}},
            {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s", "LISTAGG(CAST(v AS STRING)) AS l"}}};
}

Batch sessionRows(Instant time, int first, int count, Instant stamp) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
        values(Type::of(TypeId::Int));
    for (int key = first; key < first + count; ++key) {
        times.append(time);
        keys.appendString("a key that is no short text " + std::to_string(key));
        values.append(static_cast<std::int32_t>(key % 100));
    }
    Batch batch;
    batch.schema = sessionInput().schema;
    batch.rows = static_cast<std::size_t>(count);
    batch.columns = {times.finish(), keys.finish(), values.finish()};
    if (stamp != kCleanStamp) batch.stamps = std::make_shared<const std::vector<Instant>>(batch.rows, stamp);
    return batch;
}

std::unique_ptr<Operator> makeSessions(const BoundNode& bound, const MakeContext& context) {
    auto made = sessionNode().make(bound, context);
    auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
    op->outputPorts = static_cast<int>(bound.outputs.size());
    return op;
}

std::string restoredSessions(const BoundNode& bound, const std::string& state, KeyGroups own) {
    const auto op = makeSessions(bound, contextFor(sessionInput()));
    const Result<StateReader> reader = StateReader::open(state);
    const Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
    if (!status.ok()) return "refused: " + english(status.error());
    StateWriter again;
    return op->snapshot(again).ok() ? again.finish() : "no snapshot";
}

WatchedSessions::WatchedSessions(const BoundNode& bound, const MakeContext& context)
    : m_bound(bound),
      m_spills(context.spill != nullptr),
      m_op(makeSessions(bound, context)),
      m_changing(dynamic_cast<ChangingState*>(m_op.get())) {}

template <class Call>
void WatchedSessions::run(Call first) {
    m_status = first();
    betweenCalls();
    while (m_status.ok() && m_op->hasMore()) {
        m_status = m_op->resume(m_output);
        betweenCalls();
    }
}

void WatchedSessions::send(const Batch& batch) {
    run([&] { return m_op->onBatch(0, batch, m_output); });
}

void WatchedSessions::advance(Instant watermark) {
    if (watermark <= m_watermark) return;
    m_watermark = watermark;
    run([&] { return m_op->onWatermark(watermark, m_output); });
}

void WatchedSessions::freeze(bool whole) {
    StateWriter all, rest;
    m_status = m_op->snapshot(all);
    m_atBarrier = all.finish();
    m_changing->writeRest(rest);
    m_rest = rest.finish();
    m_changing->freeze(whole);
    m_whole = whole;
    m_part.clear();
    isFrozen = true;
}

bool WatchedSessions::writeSome() {
    StateWriter out;
    isFrozen = m_changing->writePiece(out);
    if (!m_changing->writing().ok()) {
        m_status = m_changing->writing();
        return isFrozen = false;
    }
    m_largestPiece = std::max(m_largestPiece, out.size());
    m_part += out.takeFields();
    return isFrozen;
}

void WatchedSessions::writeAndKeep() {
    while (writeSome()) {
    }
    keep();
}

std::vector<std::string> WatchedSessions::lines() const {
    std::vector<std::string> sorted = m_output.lines;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

std::string WatchedSessions::byChange() const {
    std::string state = m_rest + m_parts;
    StateWriter::sealAnew(state);
    return state;
}

std::string WatchedSessions::difference() const {
    if (!m_status.ok()) return english(m_status.error());
    for (const int instances : {1, 3}) {
        for (int i = 0; i < instances; ++i) {
            const KeyGroups own = keyGroupsOf(i, instances);
            const auto made = m_spills ? resultsOf : restoredSessions;
            const std::string expected = made(m_bound, m_atBarrier, own),
                              found = made(m_bound, byChange(), own);
            if (found.starts_with("refused")) return found;
            if (found != expected)
                return "another state at instance " + std::to_string(i) + " of " + std::to_string(instances);
        }
    }
    return {};
}

}  // namespace rw::test

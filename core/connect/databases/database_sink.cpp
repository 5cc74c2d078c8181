#include "core/connect/databases/database_sink.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <utility>

#include "core/base/figures.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"

namespace rw {

namespace {

constexpr const char* kEpoch = "epoch";
constexpr const char* kCleared = "cleared";
constexpr Millis kCommitEvery = 1'000;
constexpr std::size_t kCommitBytes = std::size_t{8} << 20;  // of rows that are kept until the commit

bool decidesOn(const TableTarget& target, const MakeContext& context) {
    return target.mode != TableTarget::Mode::Upsert && target.exactlyOnce && !context.checkpoints.empty();
}

/// Sixteen digits, the same in every run of a lineage.
std::string digestOf(const std::string& text) {
    return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

/// Of a run that ends, whose rows take the place of others only then.
std::string stageOf(const TableTarget& target, const MakeContext& context) {
    if (target.mode != TableTarget::Mode::Replace || !context.bounded || context.checkpoints.empty())
        return {};
    return "_rill_stage_" + digestOf(context.checkpoints + "." + context.node);
}

}  // namespace

DatabaseSink::DatabaseSink(const TableTarget& target, const MakeContext& context, NodeConnection connection,
                           const MakeClient& makeClient)
    : m_target(target),
      m_bounded(context.bounded),
      m_inEpochs(!context.checkpoints.empty()),
      m_decides(decidesOn(target, context)),
      m_atOnce(!m_decides && (m_inEpochs || !context.bounded)),
      m_clock(context.clock) {
    TableSession::About about;
    // Of the lineage: a run that resumes has the same name, and shuts the one before out.
    if (m_decides) about.marker = context.checkpoints + "." + target.connection;
    about.stopping = context.stopping;
    about.clock = context.clock;
    const auto make = [&] {
        DatabaseClient::About session;
        if (m_decides) session.name = "rillwright " + digestOf(about.marker);
        return std::make_shared<TableSession>(
            [&](std::function<bool()> givesUp) {
                session.givesUp = std::move(givesUp);
                return makeClient(std::move(connection), session);
            },
            about);
    };
    m_session =
        m_decides ? context.scope->shared<TableSession>("tables of " + target.connection, make) : make();
    m_number = m_session->join(target, stageOf(target, context));
}

Status DatabaseSink::onBatch(const Batch& batch) {
    RW_TRY(m_session->write(m_number, batch));
    if (!m_atOnce) return {};
    const std::int64_t now = m_clock->steadyMillis();
    if (now - m_committedAt < kCommitEvery && m_session->keptBytes() < kCommitBytes) return {};
    m_committedAt = now;
    return m_session->commit(0);
}

Status DatabaseSink::onIdle() {
    return m_atOnce ? m_session->commit(0) : Status();
}

void DatabaseSink::setLast() {
    m_last = true;
    m_session->setLast(m_number);
}

Status DatabaseSink::prepare(Epoch epoch) {
    m_prepared = epoch;
    // A run without end that is stopped before its first row leaves the table as it is.
    if (m_bounded && (m_last || !m_inEpochs)) RW_TRY(m_session->finish(m_number));
    if (m_decides || !m_inEpochs) return m_session->prepare(m_number, epoch);
    return m_session->commit(0);
}

Status DatabaseSink::commit(Epoch epoch) {
    m_over = m_last || !m_inEpochs;
    if (m_decides) return m_session->commit(epoch);
    return m_inEpochs ? Status() : m_session->commit(0);
}

void DatabaseSink::abort() {
    m_over = m_aborted = true;
    m_session->abort();
}

bool DatabaseSink::hasVisibleOutput() const {
    return m_target.mode == TableTarget::Mode::Append && m_session->committed(m_number) > 0;
}

Status DatabaseSink::snapshot(StateWriter& out) const {
    out.u64(kEpoch, m_prepared);
    out.u64(kCleared, m_session->isCleared(m_number) ? 1 : 0);
    return {};
}

Status DatabaseSink::restore(const StateReader& state) {
    if (!state.has(kEpoch)) return {};
    RW_TRY_ASSIGN(const Epoch epoch, state.u64(kEpoch));
    RW_TRY_ASSIGN(const std::uint64_t cleared, state.u64(kCleared));
    m_session->resume(m_number, epoch, cleared != 0);
    return {};
}

std::vector<Text> DatabaseSink::takeNotes() {
    std::vector<Text> notes = m_session->takeNotes();
    if (!std::exchange(m_over, false)) return notes;
    if (m_aborted && hasVisibleOutput()) {
        notes.push_back(
            figures::counted(
                m_session->committed(m_number),
                RW_TEXT("databases", "1 row of table “%1” was written before the end and stays."),
                RW_TEXT("databases", "%1 rows of table “%2” were written before the end and stay."))
                .with(toString(m_target.table)));
    }
    const std::uint64_t nans = m_session->nanCount(m_number);
    if (nans > 0) {
        notes.push_back(
            RW_TEXT("databases",
                    "The database has no NaN and no infinity, and has NULL instead; so many values "
                    "of table “%1”: %2.")
                .with(toString(m_target.table), nans));
    }
    return notes;
}

}  // namespace rw

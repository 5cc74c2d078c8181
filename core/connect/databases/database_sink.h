// Rows into a table of a database server.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/databases/table_session.h"
#include "core/connect/databases/table_target.h"
#include "core/stream/sink.h"

namespace rw {

/// Appends and replacements of a run with checkpoints decide: the transaction of an epoch carries its number.
/// All of one connection are one in this. Upserts are committed as they come, for they may be repeated, and
/// so is all that is to be written at least once. Without checkpoints a run that ends is one transaction.
class DatabaseSink final : public Sink {
 public:
    using MakeClient = std::function<std::unique_ptr<DatabaseClient>(NodeConnection connection,
                                                                     DatabaseClient::About about)>;

    /// The context is that of the call that makes the sink.
    DatabaseSink(const TableTarget& target, const MakeContext& context, NodeConnection connection,
                 const MakeClient& makeClient);

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    bool decides() const override { return m_decides; }
    std::string decidesWith() const override { return "tables of " + m_target.connection; }
    Result<bool> isCommitted(Epoch epoch) override { return m_session->isCommitted(epoch); }
    Status open() override { return m_session->open(m_number); }
    Status onBatch(const Batch& batch) override;
    std::vector<Unwritable> takeUnwritable() override { return m_session->takeUnwritable(m_number); }
    Status onIdle() override;
    void setLast() override;
    Status prepare(Epoch epoch) override;
    Status commit(Epoch epoch) override;
    void abort() override;
    bool hasVisibleOutput() const override;
    void close() override { m_session->close(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::optional<SinkStanding> standing() const override { return m_session->standing(); }
    std::vector<Text> takeNotes() override;

 private:
    const TableTarget& m_target;
    const bool m_bounded;
    const bool m_inEpochs;
    const bool m_decides;
    const bool m_atOnce;  ///< rows are committed as they come
    const std::shared_ptr<Clock> m_clock;
    std::shared_ptr<TableSession> m_session{};
    std::size_t m_number = 0;  ///< among those that share the session
    std::int64_t m_committedAt = 0;
    bool m_last = false, m_over = false, m_aborted = false;
    Epoch m_prepared = 0;
};

}  // namespace rw

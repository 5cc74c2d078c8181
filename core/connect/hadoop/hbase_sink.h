// Rows into a table of HBase, through its REST server.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/connect/hadoop/hbase_cells.h"
#include "core/connect/web/http_sender.h"
#include "core/stream/sink.h"

namespace rw {

/// Where and how a sink writes; shared by its instances.
struct HbaseTarget {
    std::string connection{};
    std::string table{};
    HbaseLayout layout{};
    std::size_t batch = 1'000;  ///< rows of a request, at most
    Millis giveUpAfter = 60'000;
};

/// Every row was answered when onBatch() returns: at a barrier nothing is on its way, and rows behind the
/// last checkpoint come again after a failure. They replace themselves: cells have times of their own, the
/// same as before where a column has them. Otherwise each request has a later one than all before, also those
/// of the run that this one resumes from, so that the newest row of a key stays.
class HbaseSink final : public Sink {
 public:
    /// No request is longer, but for one of a single row: the REST server holds it in memory.
    static constexpr std::size_t kLongestBody = std::size_t{8} << 20;

    /// The context is that of the call that makes the sink.
    HbaseSink(const HbaseTarget& target, const MakeContext& context, NodeConnection connection);
    ~HbaseSink() override;

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    /// Looks whether the table has the family.
    Status open() override;
    Status onBatch(const Batch& batch) override;
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::optional<SinkStanding> standing() const override { return m_sender.standing(); }
    std::vector<Text> takeNotes() override { return m_sender.takeNotes(); }

 private:
    /// A row that waits for its request.
    struct Waiting {
        std::size_t row = 0;
        std::string key{};
        std::int64_t time = 0;
    };
    Status put(const Batch& batch, std::size_t row);
    Status remove(const Batch& batch, std::size_t row);
    Status flush(const Batch& batch);
    /// Those from `from` to before `until`, in one request or, where it is refused or gets too large, in
    /// several.
    Status send(const Batch& batch, std::size_t from, std::size_t until);
    std::int64_t nextTime();
    void leaveOut(const Batch& batch, std::size_t row, const Text& reason);

    const HbaseTarget& m_target;
    const bool m_inEpochs;
    const std::string m_address;
    HttpSender m_sender;
    std::vector<Waiting> m_waiting{};
    std::unordered_map<std::string, std::size_t> m_places{};  ///< of keys, and times, among them
    std::vector<Unwritable> m_unwritable{};
    std::int64_t m_lastTime = 0;  ///< that a request had
};

}  // namespace rw

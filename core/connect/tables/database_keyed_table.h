// A table of a database server that is asked for rows by key.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/connect/tables/selected_columns.h"
#include "core/stream/lookups/keyed_lookup.h"

namespace rw {

class DatabaseKeyedTable final : public LookupByKey {
 public:
    /// `keys`: columns of the reading's schema, in the order in which questions have them.
    DatabaseKeyedTable(NodeConnection connection, SqlReading reading, std::vector<int> keys);

    Result<Batch> find(const Batch& keys) override;
    void leave() override { m_over->store(true); }

    static constexpr std::size_t kMostRows = 1'000'000;  ///< of one answer

 private:
    /// A session that is not in use.
    struct Idle {
        std::unique_ptr<RowsSession> session{};
        SelectedColumns selected{};
        std::vector<RowsSession::Order> orders{};
    };
    Idle take();
    void giveBack(Idle idle);
    Status connect(Idle& idle) const;
    std::string statement(const Idle& idle, const Batch& keys) const;

    const NodeConnection m_connection;
    const SqlReading m_reading;
    const std::vector<int> m_keys;
    const std::shared_ptr<std::atomic<bool>> m_over = std::make_shared<std::atomic<bool>>(false);
    std::mutex m_mutex;  ///< guards m_idle
    std::vector<Idle> m_idle{};
};

}  // namespace rw

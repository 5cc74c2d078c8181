// A sink of a table in a PostgreSQL in memory, driven by hand.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/databases/database_sink.h"
#include "core/connect/sql/database_clients.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "tests/support/batch_of.h"
#include "tests/support/databases/postgresql_world.h"

namespace rw::test {

/// Rows of `id BIGINT, name STRING`.
inline SchemaRef idAndName() {
    return schemaOf({{"id", Type::of(TypeId::Bigint)}, {"name", Type::of(TypeId::String)}});
}

inline Batch named(const std::vector<std::pair<std::int64_t, std::string>>& rows,
                   std::vector<RowKind> kinds = {}) {
    Rows cells;
    for (const auto& [id, name] : rows) cells.push_back({id, name});
    return batchOf(idAndName(), cells, std::move(kinds));
}

inline TableTarget tableOf(TableTarget::Mode mode, std::vector<int> key = {}) {
    TableTarget target;
    target.connection = "world";
    target.table = {{}, "t"};
    target.mode = mode;
    target.schema = idAndName();
    target.key = std::move(key);
    return target;
}

/// A process with one sink.
class Sinking {
 public:
    Sinking(PostgresqlWorld& world, TableTarget target, bool checkpoints = true, bool bounded = false)
        : m_target(std::make_unique<TableTarget>(std::move(target))) {
        MakeContext context;
        context.node = "n";
        context.clock = systemClock();
        context.checkpoints = checkpoints ? "line" : "";
        context.bounded = bounded;
        context.stopping = [flag = stopping] { return flag->load(); };
        m_sink = std::make_unique<DatabaseSink>(*m_target, context, world.connection(), makeDatabaseClient);
    }
    DatabaseSink* operator->() { return m_sink.get(); }
    /// prepare(n) and snapshot(): the state.
    Result<std::string> prepared(Epoch epoch) {
        RW_TRY(m_sink->prepare(epoch));
        StateWriter out;
        RW_TRY(m_sink->snapshot(out));
        return out.finish();
    }
    Status checkpoint(Epoch epoch) {
        RW_TRY(prepared(epoch).status());
        return m_sink->commit(epoch);
    }
    Status restore(const std::string& state) {
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        return m_sink->restore(reader);
    }

    std::shared_ptr<std::atomic<bool>> stopping = std::make_shared<std::atomic<bool>>(false);

 private:
    std::unique_ptr<TableTarget> m_target;
    std::unique_ptr<DatabaseSink> m_sink{};
};

}  // namespace rw::test

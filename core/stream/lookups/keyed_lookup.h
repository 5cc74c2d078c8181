// Joins rows of a stream with rows of a table that is asked for by key: each goes on, in its order, when the
// rows of its key are known.
#pragma once
#include <algorithm>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/lookups/table_pairs.h"
#include "core/stream/waiting/async_operator.h"

namespace rw {

/// A table outside. Any thread; it touches nothing that ends with the run.
class LookupByKey {
 public:
    static constexpr std::size_t kMostKeys = 256;  ///< of one question

    virtual ~LookupByKey() = default;
    /// The rows, of the table's schema, whose key is one of `keys`, which has the key's columns and at most
    /// kMostKeys rows, none with a NULL. May wait; Io: time may mend it.
    virtual Result<Batch> find(const Batch& keys) = 0;
    /// The run is over: what is under way comes back.
    virtual void leave() = 0;
};

/// The rows of keys, for some time. Single-threaded.
class LookupCache {
 public:
    LookupCache(std::size_t most, Millis ttl) : m_most(most), m_ttl(ttl) {}

    /// Null: they are not known, or were asked for too long ago.
    const Batch* find(const std::string& key, std::int64_t now);
    void put(const std::string& key, Batch rows, std::int64_t now);
    std::size_t bytes() const { return m_bytes; }
    std::size_t size() const { return m_size; }

 private:
    using Uses = std::list<std::string>;  ///< keys, the one used last first
    struct Entry {
        Batch rows{};
        std::int64_t until = 0;
        std::size_t bytes = 0;
        Uses::iterator use{};
    };
    using Entries = std::unordered_map<std::string, Entry>;
    void drop(Entries::iterator entry);
    static std::size_t sizeOf(const Entry& entry) { return std::max<std::size_t>(entry.rows.rows, 1); }

    const std::size_t m_most;
    const Millis m_ttl;
    Entries m_entries{};
    Uses m_uses{};
    std::size_t m_size = 0, m_bytes = 0;
};

class KeyedLookup final : public AsyncOperator {
 public:
    static constexpr std::size_t kQuestions = 4;  ///< that are out at once

    struct About {
        std::shared_ptr<LookupByKey> table{};  ///< null: all answers are on the tape that is replayed
        std::size_t cache = 0;                 ///< rows that are kept
        Millis ttl = 0;                        ///< for so long; 0: none is
        AnswerTape tape{};                     ///< as AsyncOperator::Options::tape
    };
    /// The plan outlives this. `read`: columns of the input that are read below.
    KeyedLookup(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context, ColumnSet read,
                About about);
    ~KeyedLookup() override;

 private:
    class Question;
    Result<RequestRef> ask(const Batch& rows, std::size_t from) override;
    Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request, Output& out) override;
    std::vector<std::string> answersOf(const Request& request, std::size_t first,
                                       std::size_t count) const override;
    Result<RequestRef> recall(const Batch& rows, const std::vector<std::string>& answers) override;
    StateSize kept() const override { return {m_cache.bytes(), m_cache.size()}; }
    /// The rows of the keys of some rows, as far as they are known; `missing` gets one row for each other
    /// key.
    std::shared_ptr<LookupTable> known(const Batch& rows, std::vector<std::uint32_t>& missing);
    /// Nothing: a part of it is NULL, which equals nothing.
    std::optional<std::string> keyOf(const Batch& rows, std::size_t row) const;
    void keep(const Question& question);

    const JoinPlan& m_plan;
    const std::shared_ptr<Clock> m_now;
    const std::shared_ptr<LookupByKey> m_table;
    const bool m_records;  ///< each row needs an answer for the tape
    LookupCache m_cache;
    TablePairs m_pairs;
    using KeyColumns = std::vector<const Column*>;
    KeyColumns keyColumns(const Batch& rows) const;
    std::map<KeyColumns, LookupTableRef> m_ready{};  ///< of batches that needed no question
};

}  // namespace rw

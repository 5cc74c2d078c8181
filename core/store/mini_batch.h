// Rows that wait for the state of their keys, so that many of them are served by one pass over files.
//
// As the mini-batches of Flink's SQL: input is buffered until there are so many rows, or for so long, and
// then each key is read, changed and written once
// (https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/table/tuning/#minibatch-aggregation). When
// one ends never depends on memory: results show where it ended.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/store/keyed_store.h"

namespace rw {

/// Rows are bytes that the operator knows: those of a row, or of what the rows of a batch add to a key.
/// Single-threaded.
class MiniBatch {
 public:
    struct Limits {
        std::size_t rows = 0;  ///< at most so many wait
        Millis wait = 0;       ///< the first one for so long, at most
    };
    /// Rows of keys that ascend.
    struct Rows {
        std::span<const StoreKey> keys;
        std::span<const std::string_view> rows;
        std::span<const std::size_t> ends;  ///< of each key: where its rows end

        /// In the order in which they came; at least one.
        std::span<const std::string_view> of(std::size_t key) const {
            const std::size_t from = key == 0 ? 0 : ends[key - 1];
            return rows.subspan(from, ends[key] - from);
        }
    };
    explicit MiniBatch(Limits limits) : m_limits(limits) {}

    /// How many rows may still come.
    std::size_t room() const { return m_open.rows < m_limits.rows ? m_limits.rows - m_open.rows : 0; }
    /// `now`: the clock of the run.
    void add(const StoreKey& key, std::string_view row, Instant now);
    /// Whether it is to be closed, or would be if the one before had ended.
    bool due(Instant now) const {
        return m_open.rows > 0 && (room() == 0 || saturatingAdd(m_since, m_limits.wait) <= now);
    }
    /// When the rows that wait are due, where none comes; kMaxTimestamp: none wait.
    Instant dueAt() const { return m_open.rows > 0 ? saturatingAdd(m_since, m_limits.wait) : kMaxTimestamp; }
    /// The rows that wait are to be taken, with those that come while their key group has not begun; others,
    /// from now on, are of the next batch. Only when !hasMore().
    void close();
    /// Whether rows of the closed one are left.
    bool hasMore() const { return m_closed.rows > 0; }
    /// Takes out the rows of some keys of one key group, at most `keys`, each key once; none are left when
    /// there are none. Valid until the next call.
    Rows take(std::size_t keys);
    /// Whether all rows of the key group that take() was at last were taken.
    bool atEndOfKeyGroup() const { return !m_isSorted || m_closed.parts[m_at].isDone(); }

    std::size_t waiting() const { return m_open.rows + m_closed.rows; }
    /// Calls body(key, row) for each row that waits of a key group: of one key, in the order in which they
    /// came.
    template <class Body>
    void forEach(int keyGroup, Body body) const {
        for (const Waiting* const waiting : {&m_closed, &m_open}) {
            const Part& part = waiting->parts[static_cast<std::size_t>(keyGroup)];
            for (std::size_t i = part.next; i < part.rows.size(); ++i) body(part.key(i), part.row(i));
        }
    }
    std::size_t memoryBytes() const;

 private:
    struct Row {
        std::uint64_t hash;
        std::size_t offset, key, row;  ///< where the key is, its size, that of the row behind it
    };
    /// The rows of a key group.
    struct Part {
        std::string bytes{};
        std::vector<Row> rows{};
        std::size_t next = 0;  ///< those before it are done

        StoreKey key(std::size_t i) const {
            return {rows[i].hash, std::string_view(bytes).substr(rows[i].offset, rows[i].key)};
        }
        std::string_view row(std::size_t i) const {
            return std::string_view(bytes).substr(rows[i].offset + rows[i].key, rows[i].row);
        }
        bool isDone() const { return next == rows.size(); }
        void sort();
        void append(const Part& other);
    };
    struct Waiting {
        std::array<Part, KeyedStore::kKeyGroups> parts{};
        std::size_t rows = 0;
    };
    void begin();
    void takeSome(Part& part, std::size_t keys);

    const Limits m_limits;
    Waiting m_open{}, m_closed{};
    Instant m_since = 0;      ///< the first one of m_open came
    std::size_t m_at = 0;     ///< the part of m_closed that is being taken
    bool m_isSorted = false;  ///< … it is in the order of keys
    // Of one call; kept for their memory
    std::vector<StoreKey> m_keys{};
    std::vector<std::string_view> m_rows{};
    std::vector<std::size_t> m_ends{};
};

}  // namespace rw

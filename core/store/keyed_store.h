// Values by key, of which more may be there than fit into memory.
//
// What the bytes of a value mean is known to the operator alone. Calls come by batch, in the order of hashes
// and keys, so that a store on disk reads and writes what stands together once. A store holds the key groups
// of one instance of a node.
#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/data/state_writer.h"

namespace rw {

/// A key as its bytes, which are equal where the key is, and its hash, as hashKeys() gives it. Stores are in
/// this order: hashes, then bytes.
struct StoreKey {
    std::uint64_t hash = 0;
    std::string_view bytes{};

    int keyGroup() const { return static_cast<int>(hash >> 56); }
    auto operator<=>(const StoreKey&) const = default;
};

/// Values of the keys of one batch, in their order. A key may have none.
class StoreValues {
 public:
    /// There are `size` keys, without values.
    void reset(std::size_t size) {
        m_bytes.clear();
        m_places.assign(size, {kNone, 0});
    }
    void set(std::size_t index, std::string_view value) {
        m_places[index] = {m_bytes.size(), value.size()};
        m_bytes += value;
    }
    std::size_t size() const { return m_places.size(); }
    /// Valid until the next change.
    std::optional<std::string_view> at(std::size_t index) const {
        const Place place = m_places[index];
        if (place.offset == kNone) return std::nullopt;
        return std::string_view(m_bytes).substr(place.offset, place.size);
    }

 private:
    static constexpr std::size_t kNone = std::string::npos;
    struct Place {
        std::size_t offset, size;
    };
    std::string m_bytes{};
    std::vector<Place> m_places{};
};

/// Keys with their values. Views are valid until the next change.
class StoreRows {
 public:
    void clear() {
        m_bytes.clear();
        m_rows.clear();
    }
    void add(const StoreKey& key, std::string_view value) {
        m_rows.push_back({key.hash, m_bytes.size(), key.bytes.size(), value.size()});
        m_bytes += key.bytes;
        m_bytes += value;
    }
    std::size_t size() const { return m_rows.size(); }
    StoreKey key(std::size_t row) const {
        const Row& r = m_rows[row];
        return {r.hash, std::string_view(m_bytes).substr(r.offset, r.key)};
    }
    std::string_view value(std::size_t row) const {
        const Row& r = m_rows[row];
        return std::string_view(m_bytes).substr(r.offset + r.key, r.value);
    }
    std::size_t bytes() const { return m_bytes.size() + m_rows.size() * sizeof(Row); }

 private:
    struct Row {
        std::uint64_t hash;
        std::size_t offset, key, value;
    };
    std::string m_bytes{};
    std::vector<Row> m_rows{};
};

/// Reads the rows of a key group in order.
class StoreScan {
 public:
    virtual ~StoreScan() = default;
    /// Replaces `rows` by the next ones, a bounded number of bytes unless one row has more; none, it may be.
    /// False: those were the last.
    virtual Result<bool> next(StoreRows& rows) = 0;
};

/// What a store had when it was taken. It may be read and dropped on another thread while the store goes on,
/// on one thread at a time, and may outlive the store.
class StoreSnapshot {
 public:
    virtual ~StoreSnapshot() = default;
    /// The snapshot outlives it.
    virtual Result<std::unique_ptr<StoreScan>> scan(int keyGroup) const = 0;
};

/// Single-threaded. Where a file can't be read, get(), work() or a scan say so: the run ends, and is
/// restarted from a checkpoint. Where one can't be written, work() says so, and nothing is lost: it may be
/// called again.
class KeyedStore {
 public:
    static constexpr int kKeyGroups = StateWriter::kKeyGroups;
    /// A key and its value have at most so many bytes together.
    static constexpr std::size_t kMostRowBytes = std::size_t{1} << 30;

    virtual ~KeyedStore() = default;

    // The keys of a call ascend, so each is there once.
    /// The value of each key, as the last put() or erase() left it.
    virtual Status get(std::span<const StoreKey> keys, StoreValues& values) = 0;
    /// Each key has this value from now on: none, and it is erased. `values` has as many as there are keys.
    /// An error where a row is too large; then nothing of the call is taken over.
    virtual Status put(std::span<const StoreKey> keys, const StoreValues& values) = 0;
    /// The keys have no values any more; they need not have had one.
    virtual Status erase(std::span<const StoreKey> keys) = 0;
    /// Valid until the next call that changes something, or works.
    virtual Result<std::unique_ptr<StoreScan>> scan(int keyGroup) = 0;
    /// Copies nothing: it may be called at a barrier.
    virtual Result<std::unique_ptr<StoreSnapshot>> snapshot() = 0;

    /// How many bytes of memory it should have at most. It keeps to that as far as work() is called.
    virtual void setMemory(std::size_t bytes) = 0;
    /// Whether there is more in memory than should be, or files are to be put in order.
    virtual bool hasWork() const = 0;
    /// Does some of that, about so many bytes of rows. Results of get() never depend on it.
    virtual Status work(std::size_t bytes) = 0;

    struct Size {
        std::size_t memory = 0;   ///< bytes, with tables of contents
        std::uint64_t files = 0;  ///< bytes
        std::uint64_t rows = 0;  ///< at most: a key that was changed may count twice until files are in order
    };
    virtual Size size() const = 0;

 protected:
    /// The error of put() where a row is too large.
    static Status checkRows(std::span<const StoreKey> keys, const StoreValues& values);
};

}  // namespace rw

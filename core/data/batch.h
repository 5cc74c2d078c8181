// A batch: a few thousand rows in columns, immutable once emitted and shared by reference.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/data/column.h"
#include "core/data/schema.h"

namespace rw {

/// The effect of a row of an updating stream on the table that the stream describes.
enum class RowKind : std::uint8_t { Insert, UpdateBefore, UpdateAfter, Delete };
/// “+I”, “-U”, “+U”, “-D”.
std::string_view toString(RowKind kind);

/// Row numbers within their source, for messages about rows: row r has number `first + offsets[r]`, or `first
/// + r` where there are no offsets. Made rows have none (first < 0). Numbers count from 0; people are shown
/// number + 1.
struct Positions {
    std::int64_t first = -1;
    std::shared_ptr<const std::vector<std::uint32_t>> offsets{};
    bool known() const { return first >= 0; }
    std::int64_t at(std::size_t row) const {
        return first + (offsets ? (*offsets)[row] : static_cast<std::int64_t>(row));
    }
    Positions select(std::span<const std::uint32_t> rows) const;
};

enum class Control : std::uint8_t {
    None,
    End,   ///< the last batch of its wire; its watermark is kMaxTimestamp
    Stop,  ///< the last batch of its wire in a run that was stopped: the watermark stays, open windows stay
           ///< unfired
    Barrier,  ///< state is written where it has come by all wires; no rows, and the last of its delivery
    WatermarkAdvance  ///< no rows: a partition of the source was found, moved on (Batch::advancedTo) or has
                      ///< ended; for nodes that give rows new stamps, per wire
};

/// Wires at an input are numbered by way × 2^40 + the place of the partition among those of its source, which
/// is 0 where a source has no partitions: numbers go by way, then by the partitions' names.
using WireNumber = std::int64_t;
inline constexpr int kPartitionBits = 40;
/// The number of the first wire of a way.
constexpr WireNumber firstWireOf(int way) {
    return WireNumber{way} << kPartitionBits;
}

/// How much of a stream is kept for being looked at.
struct KeepLimits {
    std::size_t rows;
    std::size_t bytes;
    std::size_t text;  ///< bytes of one text
};

/// Rows that were added up on their way to an operator (core/stream/combiner.h): only that operator's node
/// knows the content. Immutable once it is in a batch.
struct CombinedRows {
    virtual ~CombinedRows() = default;
    std::size_t ownBytes = 0;          ///< that it keeps in memory, without those of strings
    std::vector<ColumnRef> columns{};  ///< whose strings it points into
};

struct Batch {
    SchemaRef schema{};
    /// One per field. A column that is not read downstream may be null: the source did not build it.
    std::vector<ColumnRef> columns{};
    std::size_t rows = 0;
    /// Empty: all rows are inserts. Otherwise one per row.
    std::shared_ptr<const std::vector<RowKind>> kinds{};
    /// The watermark before each row at its source. Absent when every row is clean (event time ≥ stamp + 2
    /// ms).
    std::shared_ptr<const std::vector<Instant>> stamps{};
    Positions positions{};
    /// The watermark of the wire after this batch.
    Instant watermark = kMinTimestamp;
    Control control = Control::None;
    /// Number of the wire at the input that the batch arrives on (unions are flattened); set by the runtime.
    WireNumber wire = 0;
    /// Control::WatermarkAdvance: stamps of the wire are at least this from here on; kMaxTimestamp: it has
    /// ended.
    Instant advancedTo = kMinTimestamp;
    /// Wall time at which the source read the newest of these rows, or of those that they were made of; set
    /// by the runtime, and continuing from where it was where the clock is set back. kMinTimestamp: not known.
    Instant arrived = kMinTimestamp;
    /// In place of `columns` and all else that a row has, `rows` rows added up; null nearly always. Such
    /// batches are between a sender and the operator that it sends to, and nowhere else.
    std::shared_ptr<const CombinedRows> combined{};

    const Column& column(int index) const { return *columns[static_cast<std::size_t>(index)]; }
    RowKind kind(std::size_t row) const { return kinds ? (*kinds)[row] : RowKind::Insert; }
    /// The rows `rows`, in that order, with kinds, stamps and positions; watermark, control and wire as here.
    Batch select(std::span<const std::uint32_t> rows) const;
    Batch slice(std::size_t from, std::size_t count) const;
    /// No rows, but the same watermark, control and wire.
    Batch emptied() const;
    /// Bytes that this batch keeps in memory. Bytes of strings count in full, once however many columns point
    /// into them: a few rows selected from a large batch pin all that they point into. Costs a look at each
    /// heap, not at rows.
    std::size_t memoryBytes() const;
    /// The same rows, for being kept for long: when the heaps pinned hold more than twice the bytes used and
    /// 4 KiB, the strings get heaps of their own with just their bytes. Looks at every string.
    Batch compacted() const;
    /// The last rows for being kept and shown: at most `limits.rows`, and as many as fit into `limits.bytes`
    /// (one at least), compacted; longer texts are cut to `limits.text` bytes with an ellipsis, BYTES to one
    /// byte more, which says that they were cut.
    Batch newest(const KeepLimits& limits) const;
};

/// As Batch::memoryBytes of all together: memory that several batches point into counts once.
std::size_t memoryBytes(std::span<const Batch> batches);

/// A stamp that says “clean” in a batch that carries stamps for other rows' sake.
inline constexpr Instant kCleanStamp = kMinTimestamp;

}  // namespace rw

// Rows that leave by a late port.
#pragma once
#include <optional>
#include <vector>

#include "core/stream/operator.h"

namespace rw {

/// The output ports of a node that has one for its rows and one for those that came too late.
enum RowsPort : int { kRowsOut = 0, kLateOut = 1 };

/// Collects the late rows of one batch and hands them on with the columns late_by and late_for.
class LateRows {
 public:
    /// `schema` is that of the late port (lateStream()); `port` its number.
    LateRows(SchemaRef schema, int port) : m_schema(std::move(schema)), m_port(port) {}

    /// `stamp` had passed `last`, the last millisecond at which the row would have been in time; late_by is
    /// the time between, or the longest there is. `windowEnd`: the end of the row's last window, if it has.
    void add(std::uint32_t row, Instant stamp, Instant last, std::optional<Instant> windowEnd);
    /// Of a node without windows: adds the rows of `batch` whose event time their stamp has reached, and
    /// gives the others, in their order, in `inTime`.
    void addPassed(const Batch& batch, int eventTime, std::vector<std::uint32_t>& inTime);
    /// Emits and counts the rows collected from `batch`, stamps kept, and forgets them.
    void emit(const Batch& batch, Output& out);

 private:
    SchemaRef m_schema;
    int m_port;
    std::vector<std::uint32_t> m_rows;
    std::vector<Millis> m_by;
    std::vector<std::optional<Instant>> m_for;
};

}  // namespace rw

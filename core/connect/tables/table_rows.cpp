#include "core/connect/tables/table_rows.h"

#include <utility>

#include "core/connect/tables/sql_row_decoder.h"

namespace rw {

Result<Batch> takeBatch(RowsSession& session, const SelectedColumns& selected, const SqlReading& reading,
                        std::size_t most) {
    constexpr Millis kWait = 1'000;  // of one call, which then is repeated
    SqlRows rows(selected.forms);
    RowsSession::Cells cells;
    while (rows.size() < most) {
        RW_TRY_ASSIGN(const RowsSession::Got got, session.next(kWait, cells));
        if (got == RowsSession::Got::End) break;
        if (got == RowsSession::Got::Nothing) continue;
        rows.addRow(cells);
    }
    DecoderOptions options;
    options.schema = reading.schema;
    options.batchRows = most;
    ParsedChunk parsed = SqlRowDecoder(std::move(options)).decode(rows, 0);
    if (!parsed.bad.empty()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("tables", "A row of “%1” can't be read: %2")
                          .with(reading.name(), parsed.bad.front().reason),
                      RW_TEXT("tables", "Declare the column as STRING, or correct the row."));
    }
    if (!parsed.batches.empty()) return std::move(parsed.batches.front());
    Batch none;
    none.schema = reading.schema;
    return none;
}

}  // namespace rw

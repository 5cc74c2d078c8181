#include "core/stream/source.h"

#include "core/data/utf8.h"
#include "core/stream/row_errors.h"

namespace rw {

void ParsedChunk::reject(std::uint32_t index, Text reason, std::string_view row) {
    bad.push_back({index, std::move(reason), excerpt(row, BadRow::kLongestText)});
}

void ParsedChunk::add(Batch batch, const sql::RowErrors& errors,
                      const std::function<std::string(std::uint32_t row)>& rowText) {
    if (!errors.empty()) {
        RowFailures failures;
        failures.add(errors);
        for (const sql::RowError& error : failures.errors()) {
            reject(static_cast<std::uint32_t>(batch.positions.at(error.row)), error.reason,
                   rowText(error.row));
        }
        batch = batch.select(failures.others(batch.rows));
    }
    if (batch.rows > 0) batches.push_back(std::move(batch));
}

}  // namespace rw

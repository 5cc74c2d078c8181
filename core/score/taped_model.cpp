#include "core/score/taped_model.h"

#include <numeric>
#include <utility>
#include <vector>

namespace rw::score {

namespace {
constexpr std::size_t kPiece = std::size_t{256} << 10;
}  // namespace

TapeLookup tapedModelOf(const NodeId& node) {
    static const auto schema = std::make_shared<const Schema>(Schema{{{"model", Type::of(TypeId::Bytes)}}});
    return {node, schema, LookupBy::Nothing};
}

void recordModel(LookupRecorder& tape, std::size_t lookup, std::string_view bytes, Instant readAt) {
    for (std::size_t from = 0; from < bytes.size(); from += kPiece) {
        ColumnBuilder builder(Type::of(TypeId::Bytes));
        builder.appendString(bytes.substr(from, kPiece));
        TapeTable piece;
        piece.rows.schema = tapedModelOf({}).schema;
        piece.rows.columns = {builder.finish()};
        piece.rows.rows = 1;
        tape.add(lookup, std::move(piece));
    }
    TapeTable whole;
    whole.kind = TapeTable::Kind::Met;
    whole.readAt = readAt;
    tape.add(lookup, std::move(whole));
}

Result<std::optional<std::string>> modelOnTape(const TapePlayer& tape, const NodeId& node) {
    RW_TRY_ASSIGN(const auto tables, tape.lookup(tapedModelOf(node), {}));
    if (!tables || tables->missing()) return std::optional<std::string>();
    for (bool more = true; more;) {
        RW_TRY_ASSIGN(more, tables->read(kNoMoment));
    }
    const LookupTableRef table = tables->at(kNoMoment);
    if (!table) return std::optional<std::string>();
    std::vector<RowSlot> slots(table->rows().slots());
    std::iota(slots.begin(), slots.end(), RowSlot{0});
    const Batch rows = table->rows().batchOf(slots);
    std::string bytes;
    for (std::size_t row = 0; row < rows.rows; ++row) bytes += rows.column(0).string(row);
    return std::optional(std::move(bytes));
}

}  // namespace rw::score

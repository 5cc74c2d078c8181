#include "core/score/taped_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rw::score {

namespace {
constexpr std::size_t kPiece = std::size_t{256} << 10;

std::string bytesOf(const LookupTable& table) {
    std::vector<RowSlot> slots(table.rows().slots());
    std::iota(slots.begin(), slots.end(), RowSlot{0});
    const Batch rows = table.rows().batchOf(slots);
    std::string bytes;
    for (std::size_t row = 0; row < rows.rows; ++row) bytes += rows.column(0).string(row);
    return bytes;
}

}  // namespace

TapeLookup tapedModelOf(const NodeId& node, LookupBy by) {
    static const auto schema = std::make_shared<const Schema>(Schema{{{"model", Type::of(TypeId::Bytes)}}});
    return {node, schema, by};
}

void recordModel(LookupRecorder& tape, std::size_t lookup, std::string_view bytes, TapeTable whole) {
    for (std::size_t from = 0; from < bytes.size(); from += kPiece) {
        ColumnBuilder builder(Type::of(TypeId::Bytes));
        builder.appendString(bytes.substr(from, kPiece));
        TapeTable piece;
        piece.number = whole.number;
        piece.rows.schema = tapedModelOf({}, LookupBy::Nothing).schema;
        piece.rows.columns = {builder.finish()};
        piece.rows.rows = 1;
        tape.add(lookup, std::move(piece));
    }
    tape.add(lookup, std::move(whole));
}

Result<std::optional<std::string>> modelOnTape(const TapePlayer& tape, const NodeId& node) {
    RW_TRY_ASSIGN(const auto tables, tape.lookup(tapedModelOf(node, LookupBy::Nothing), {}));
    if (!tables || tables->missing()) return std::optional<std::string>();
    for (bool more = true; more;) {
        RW_TRY_ASSIGN(more, tables->read(kNoMoment));
    }
    const LookupTableRef table = tables->at(kNoMoment);
    return table ? std::optional(bytesOf(*table)) : std::optional<std::string>();
}

Result<std::unique_ptr<TapedModels>> TapedModels::open(const TapePlayer& tape, const NodeId& node,
                                                       const ScorePlan& plan) {
    RW_TRY_ASSIGN(auto tables, tape.lookup(tapedModelOf(node, plan.by), {}));
    if (!tables || tables->missing()) return std::unique_ptr<TapedModels>();
    return std::make_unique<TapedModels>(std::move(tables), plan);
}

Result<FittedRef> TapedModels::at(Instant moment) {
    LookupTableRef table = m_tables->at(moment);
    while (!table) {
        RW_TRY(m_tables->read(moment).status());
        table = m_tables->at(moment);
    }
    const auto known = std::find_if(m_known.begin(), m_known.end(),
                                    [&](const Known& one) { return one.table.lock() == table; });
    if (known != m_known.end()) {
        std::rotate(known, known + 1, m_known.end());
        return m_known.back().model;
    }
    RW_TRY_ASSIGN(FittedRef model, modelOf(*table));
    if (m_known.size() == 2) m_known.erase(m_known.begin());
    m_known.push_back({table, std::move(model)});
    return m_known.back().model;
}

Result<FittedRef> TapedModels::modelOf(const LookupTable& table) const {
    ModelBytes file;
    file.path = m_plan.path;
    file.bytes = bytesOf(table);
    file.sha256 = sha256Of(file.bytes);
    RW_TRY_ASSIGN(ModelRef model, loadModel(file, m_plan.options));
    return fit(std::move(model), std::move(file.sha256), m_plan);
}

}  // namespace rw::score

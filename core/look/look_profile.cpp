#include "core/look/look_profile.h"

#include <optional>
#include <string>
#include <string_view>

#include "core/data/text.h"
#include "core/sql/eval/cast.h"
#include "core/sql/eval/kernels.h"

namespace rw {

namespace {

/// The only column that has this text in a row, as the reason of a failed row quotes it.
std::optional<std::size_t> columnWith(std::string_view text, const Batch& batch, std::size_t row) {
    std::optional<std::size_t> found;
    std::string cell;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        const ColumnRef& column = batch.columns[i];
        if (!column || column->isNull(row) || column->type().is(TypeId::Bytes)) continue;
        cell.clear();
        appendCell(cell, *column, row);
        if (sql::quoted(cell) != text) continue;
        if (found) return std::nullopt;
        found = i;
    }
    return found;
}

}  // namespace

std::vector<ColumnProfile> profileOf(const LookedPort& port) {
    std::vector<ColumnProfile> profiles = profileOf(*port.type.schema, port.batches);
    for (ColumnProfile& profile : profiles) {
        const auto unread = port.unread.find(profile.name);
        if (unread != port.unread.end()) profile.unreadBySource = unread->second;
    }
    return profiles;
}

std::vector<ColumnProfile> profileOfInput(const LookResult& result, const RowMatches& matches,
                                          std::size_t input) {
    const LookedPort& port = result.inputs[input];
    std::vector<ColumnProfile> profiles = profileOf(port);
    auto in = matches.inputs[input].begin();
    for (const Batch& batch : port.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row, ++in) {
            if (in->fate != RowFate::Rejected || in->setAside < 0) continue;
            const Text& reason = result.setAside[static_cast<std::size_t>(in->setAside)].reason;
            const std::optional<std::string> value = sql::unreadText(reason);
            if (!value) continue;
            if (const auto column = columnWith(*value, batch, row)) ++profiles[*column].unreadByNode;
        }
    }
    return profiles;
}

}  // namespace rw

#include "core/stream/lineage/contributors.h"

#include <string_view>
#include <utility>

#include "core/stream/lineage/own_row.h"

namespace rw {

namespace {

/// The input whose late rows leave by this port: “late” and “unmatched” are not named after theirs.
int inputOfLate(const NodeKind& kind, std::string_view port) {
    constexpr std::string_view kLate = "late_";
    const int named = port.starts_with(kLate) ? kind.inputPort(port.substr(kLate.size())) : -1;
    return named < 0 ? 0 : named;
}

}  // namespace

void RowPredicate::each(const Batch& rows,
                        const std::function<void(std::size_t, const RowPart&)>& told) const {
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const RowPart part = of(rows, row);
        if (part.kind != RowPart::Kind::None) told(row, part);
    }
}

std::optional<NoPair> TellsContributors::noPair(const Batch&, const Batch&, const SideNames&) const {
    return std::nullopt;
}

std::optional<Passage> TellsContributors::passage(int, int, const Batch&, const sql::EvalContext&) const {
    return std::nullopt;
}

std::optional<Passing> TellsContributors::passing(int, int, const Batch&, const sql::EvalContext&) const {
    return std::nullopt;
}

Result<std::vector<Contributors>> contributorsOf(const NodeKind& kind, const BoundNode& bound,
                                                 const AskedRow& asked) {
    const PortSpec& port = kind.outputs[static_cast<std::size_t>(asked.port)];
    if (port.role == PortRole::Rejected) {
        std::vector<Contributors> all;
        for (std::size_t input = 0; input < kind.inputs.size(); ++input)
            all.push_back(rejectedRow(asked, static_cast<int>(input)));
        return all;
    }
    if (port.role == PortRole::Late)
        return std::vector<Contributors>{lateRow(asked, inputOfLate(kind, port.name))};
    const auto* const node = dynamic_cast<const TellsContributors*>(&bound);
    if (!node) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("lineage", "Nodes of type “%1” do not tell which rows made theirs.").with(kind.type));
    }
    return node->contributors(asked);
}

}  // namespace rw

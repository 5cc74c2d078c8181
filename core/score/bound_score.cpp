#include "core/score/bound_score.h"

#include <utility>

#include "core/sql/bind/bind.h"
#include "core/stream/lineage/own_row.h"

namespace rw::score {

std::vector<ColumnSet> BoundScore::reads(const std::vector<ColumnSet>& wanted,
                                         const std::vector<StreamType>& inputs) const {
    ColumnSet columns(wanted.front().begin(),
                      wanted.front().begin() + static_cast<std::ptrdiff_t>(inputs.front().schema->size()));
    for (const sql::BoundRef& feature : plan.features) sql::markColumns(*feature, columns);
    return {std::move(columns)};
}

Result<std::vector<Contributors>> BoundScore::contributors(const AskedRow& asked) const {
    return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
}

}  // namespace rw::score

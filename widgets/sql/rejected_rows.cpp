#include "widgets/sql/rejected_rows.h"

#include "core/stream/rejected.h"

namespace rw::ui {

Batch rejectedRows(const std::vector<KeptRow>& kept, const NodeId& node) {
    Batch rows;
    rows.schema = rejectedStream().schema;
    std::vector<ColumnBuilder> builders;
    for (const Field& field : rows.schema->fields) builders.emplace_back(field.type);
    for (const KeptRow& row : kept) {
        if (row.kind != KeptRow::Kind::Rejected || row.node != node) continue;
        builders[0].appendString(row.node);
        builders[1].appendString(english(row.reason));
        builders[2].appendString(row.row);
        row.position < 0 ? builders[3].appendNull() : builders[3].append(row.position + 1);
        ++rows.rows;
    }
    for (ColumnBuilder& builder : builders) rows.columns.push_back(builder.finish());
    return rows;
}

}  // namespace rw::ui

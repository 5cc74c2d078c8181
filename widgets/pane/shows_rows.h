// What a pane lets others do with the rows that it shows. App leads panes with rows to those that ask.
#pragma once
#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/pipeline.h"

class QTableView;

namespace rw::ui {

/// A row of an output port.
struct ShownRow {
    PortRef from{};
    Batch row{};         ///< one row, or none; long texts may have been cut
    bool ofRun = false;  ///< the run gave it, not the pipeline as it is now
    // Of one whose values are not at hand, `row` has none:
    std::string where{};         ///< SQL that is true of it; empty: nothing more is known
    std::int64_t position = -1;  ///< its number in its source, from 0; −1: not known
    QString told{};              ///< what is known of it already, in a few words
};

/// A pane that shows rows of ports. On the GUI thread.
class ShowsRows {
 public:
    ShowsRows() = default;
    ShowsRows(const ShowsRows&) = delete;
    ShowsRows& operator=(const ShowsRows&) = delete;
    virtual ~ShowsRows() = default;

    /// Those with such rows; their actions are their context menus. They live as long as the pane.
    virtual std::vector<QTableView*> rowTables() const = 0;
    /// The current row of one of these; nothing: there is none, or no port gave it.
    virtual std::optional<ShownRow> currentRow(const QTableView& table) const = 0;
};

}  // namespace rw::ui

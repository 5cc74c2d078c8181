// Rows of a panel as a CSV file or on the clipboard.
#pragma once
#include <QString>

#include "core/data/batch.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;

/// Asks for a name and writes the text there as CSV; shows an error in a box. False:
/// not written. `name`, without an ending, is what the dialog suggests, in the folder used last; never a file
/// that the pipeline needs.
bool saveText(QWidget* parent, const PipelineDocument& document, const QString& title, const QString& name,
              const std::string& text);

/// The batches as CSV with a header; NULL is an empty field. They have the same schema.
std::string csvOf(const std::vector<Batch>& batches);
/// The rows with tabs between, as spreadsheets take them from the clipboard, with a header.
QString tabbedOf(const std::vector<Batch>& batches);

}  // namespace rw::ui

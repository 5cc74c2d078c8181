// Times of data in the time zone of the pipeline. They are instants: tables show them in UTC, as they are
// written (dataText), and the hover text of a cell has them in that zone, too.
#pragma once
#include <QString>
#include <string>

#include "core/data/column.h"

namespace rw::ui {

/// “2024-03-01 13:00:00.000 Europe/Vienna”. `zone`: an IANA name, or “local”. Empty: the cell is NULL or no
/// time, the zone is UTC, or there is no such zone.
QString zonedText(const Column& column, std::size_t row, const std::string& zone);
/// For a hover text: `whole`, with that below it where there is any.
QString withZoned(const QString& whole, const Column& column, std::size_t row, const std::string& zone);

}  // namespace rw::ui

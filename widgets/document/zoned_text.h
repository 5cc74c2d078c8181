// Times of data in the time zone of the pipeline. They are instants: axes show them in that zone, tables in
// UTC, as they are written (dataText). Where the two differ, the head of a column says “UTC”, and the hover
// text of a cell has the time in that zone, too.
#pragma once
#include <QString>
#include <string>

#include "core/data/column.h"
#include "core/data/value.h"

namespace rw::ui {

/// “2024-03-01 13:00:00.000 Europe/Vienna”. `zone`: an IANA name, or “local”. Empty: the cell is NULL or no
/// time, the zone is UTC, or there is no such zone.
QString zonedText(const Column& column, std::size_t row, const std::string& zone);
/// The same of a value.
QString zonedText(const Value& value, Type type, const std::string& zone);
/// “event time, UTC”: `words` of a column in its head; as they are for a column that has no times, and where
/// the zone is UTC.
QString withUtc(const QString& words, Type type, const std::string& zone);
/// For a hover text: `whole`, with that below it where there is any.
QString withZoned(const QString& whole, const Column& column, std::size_t row, const std::string& zone);

}  // namespace rw::ui

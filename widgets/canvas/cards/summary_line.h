// The summary of a node in one line of its card, made to fit.
#pragma once
#include <QFont>
#include <QString>

namespace rw::ui {

/// `summary` whole where it fits. Else its list, behind the last “ · ”, is told by its first items and
/// the number of the others: “TUMBLE 5 s · by core · AVG(load) +3”. The beginning always stays.
QString summaryLine(const QString& summary, const QFont& font, double width);

}  // namespace rw::ui

// How the welcome page tells recent files apart: their folder and when they were changed.
#pragma once
#include <QDateTime>
#include <QString>

namespace rw::ui {

/// The folder of a file, the home folder as ~.
QString shownFolder(const QString& path);

/// The time today or yesterday, the day of this year, else the date.
QString shownDate(const QDateTime& time, const QDate& today);

}  // namespace rw::ui
